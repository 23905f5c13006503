using System.Collections;
using System.Runtime.CompilerServices;

namespace LockFree;

/// <content>
/// Walking over all entries: bucket after bucket of the table the walk began with, each copied as a whole and checked against its version. An entry
/// never leaves its bucket except to the buckets of the next table that take the place of this one, so it comes exactly once however often the map
/// grows or shrinks meanwhile.
/// </content>
public sealed partial class ShardedMap<TKey, TValue>
{
    /// <summary>
    /// Walks over the entries without blocking anybody or being blocked. Every entry that is present for the whole walk comes exactly once;
    /// entries that come or go meanwhile may or may not. A value is the one its key had when the walk came to it.
    /// </summary>
    /// <returns>An enumerator; it is a struct and allocates nothing but for buckets that are overflowing or have been moved.</returns>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Copies the entries into a new array; see <see cref="GetEnumerator"/> for which.</summary>
    /// <returns>The entries, in no particular order.</returns>
    public KeyValuePair<TKey, TValue>[] ToArray()
    {
        Table<TKey, TValue> table = Volatile.Read(ref _table);
        var copies = new EntryBuffer<TKey, TValue>(table.Count.Value);
        for (int index = 0; index < table.Buckets.Length; index++)
            CopyBucket(table, index, ref copies);
        return copies.ToArray();
    }

    /// <summary>Copies the entries of a bucket, wherever they have been moved to.</summary>
    private void CopyBucket(Table<TKey, TValue> table, int index, scoped ref EntryBuffer<TKey, TValue> copies)
    {
        int start = copies.Count;
        ref Bucket<TKey, TValue> root = ref table.Buckets[index];
        while (true)
        {
            // Version before word, both before the entries: acquire reads.
            uint version = Volatile.Read(ref root.Version);
            ulong word = Volatile.Read(ref root.Word);
            if ((word & BucketWord.Moved) != 0)
            {
                CopyMovedBucket(table, index, ref copies);
                return;
            }
            var entries = new EntryWalk<TKey, TValue>(table, ref root, word);
            while (entries.MoveNext())
            {
                copies.MakeRoom(1);
                copies.Add(ref entries.Current);
            }
            // The copies must be complete before the version is read again.
            Volatile.ReadBarrier();
            if (root.Version == version)
                return;
            copies.Truncate(start);
        }
    }

    private void CopyMovedBucket(Table<TKey, TValue> table, int index, scoped ref EntryBuffer<TKey, TValue> copies)
    {
        Table<TKey, TValue> next = table.Successor();
        int start = copies.Count;
        (int first, int count) = next.BucketsOf(table, index);
        for (int i = first; i < first + count; i++)
            CopyBucket(next, i, ref copies);
        // In a smaller table the entries have joined those of neighbours, which come in their own turn.
        if (next.Log < table.Log)
            copies.Filter(
                start, static (key, bucket) => (int)(bucket.Map.HashOf(key) >> bucket.Shift) == bucket.Index, (Map: this, table.Shift, Index: index));
    }

    /// <summary>Walks over the entries of a map; see <see cref="ShardedMap{TKey, TValue}.GetEnumerator"/>.</summary>
    public struct Enumerator : IEnumerator<KeyValuePair<TKey, TValue>>
    {
        private readonly ShardedMap<TKey, TValue> _map;
        private readonly Table<TKey, TValue> _table;
        private int _nextBucket;

        // A copy of the current bucket, and which of its slots are still to come.
        private EntrySlots<TKey, TValue> _slots;
        private ulong _remaining;
        private int _slot;

        // The entries of a bucket that is overflowing or has been moved.
        private EntryBuffer<TKey, TValue> _buffer;
        private int _buffered;

        internal Enumerator(ShardedMap<TKey, TValue> map)
        {
            _map = map;
            _table = Volatile.Read(ref map._table);
            _buffer = new EntryBuffer<TKey, TValue>(0);
        }

        /// <summary>The entry the walk has come to.</summary>
        public KeyValuePair<TKey, TValue> Current
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                if (_buffered != 0)
                    return _buffer[_buffered - 1];
                ref Entry<TKey, TValue> entry = ref EntrySlots<TKey, TValue>.At(ref _slots, _slot);
                return new KeyValuePair<TKey, TValue>(entry.Key, entry.Value);
            }
        }

        object IEnumerator.Current => Current;

        /// <summary>Goes on to the next entry.</summary>
        /// <returns>False when there is none.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext()
        {
            if (_remaining == 0)
                return MoveToNextBucket();
            _slot = BucketWord.First(_remaining);
            _remaining = BucketWord.Rest(_remaining);
            return true;
        }

        /// <summary>Begins the walk again, on the map as it is now.</summary>
        public void Reset() => this = new Enumerator(_map);

        /// <summary>Does nothing.</summary>
        public readonly void Dispose()
        {
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private bool MoveToNextBucket()
        {
            if (_buffered != 0 && _buffered++ < _buffer.Count)
                return true;
            _buffered = 0;
            _buffer.Truncate(0);
            while (_nextBucket < _table.Buckets.Length)
            {
                int index = _nextBucket++;
                if (!TryCopySlots(ref _table.Buckets[index]))
                    _map.CopyBucket(_table, index, ref _buffer);
                if (_remaining != 0)
                    return MoveNext();
                if (_buffer.Count != 0)
                {
                    _buffered = 1;
                    return true;
                }
            }
            return false;
        }

        /// <summary>Copies a bucket; false if it has more than its slots, or has been moved.</summary>
        private bool TryCopySlots(ref Bucket<TKey, TValue> bucket)
        {
            while (true)
            {
                // Version before word, both before the entries: acquire reads.
                uint version = Volatile.Read(ref bucket.Version);
                ulong word = Volatile.Read(ref bucket.Word);
                if ((word & (BucketWord.Overflow | BucketWord.Moved)) != 0)
                    return false;
                if (HasReferences)
                {
                    // Slot by slot, since references cost more to copy than slots to tell apart.
                    for (ulong slots = BucketWord.Used(word); slots != 0; slots = BucketWord.Rest(slots))
                        CopySlot(ref bucket, BucketWord.First(slots));
                }
                else
                {
                    _slots = EntryMemory.Read(ref bucket.Entries);
                }
                // The copies must be complete before the version is read again.
                Volatile.ReadBarrier();
                if (bucket.Version == version)
                {
                    _remaining = BucketWord.Used(word);
                    return true;
                }
            }
        }

        private void CopySlot(ref Bucket<TKey, TValue> bucket, int slot)
        {
            ref Entry<TKey, TValue> from = ref Bucket<TKey, TValue>.EntryAt(ref bucket, slot);
            ref Entry<TKey, TValue> to = ref EntrySlots<TKey, TValue>.At(ref _slots, slot);
            to.Key = EntryMemory.Read(ref from.Key);
            to.Value = EntryMemory.Read(ref from.Value);
        }
    }
}

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
        private int _position;
        private int _count;

        // The entries of the current bucket: beside each other here, or in the buffer if there were too many or they had to be looked for.
        private EntrySlots<TKey, TValue> _slots;
        private EntryBuffer<TKey, TValue> _buffer;
        private bool _isBuffered;

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
                if (_isBuffered)
                    return _buffer[_position];
                ref Entry<TKey, TValue> entry = ref _slots[_position];
                return new KeyValuePair<TKey, TValue>(entry.Key, entry.Value);
            }
        }

        object IEnumerator.Current => Current;

        /// <summary>Goes on to the next entry.</summary>
        /// <returns>False when there is none.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext() => ++_position < _count || MoveToNextBucket();

        /// <summary>Begins the walk again, on the map as it is now.</summary>
        public void Reset() => this = new Enumerator(_map);

        /// <summary>Does nothing.</summary>
        public readonly void Dispose()
        {
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private bool MoveToNextBucket()
        {
            _position = 0;
            while (_nextBucket < _table.Buckets.Length)
            {
                CopyBucket(_nextBucket++);
                if (_count != 0)
                    return true;
            }
            _count = 0;
            return false;
        }

        private void CopyBucket(int index)
        {
            ref Bucket<TKey, TValue> bucket = ref _table.Buckets[index];
            while (true)
            {
                // Version before word, both before the entries: acquire reads.
                uint version = Volatile.Read(ref bucket.Version);
                ulong word = Volatile.Read(ref bucket.Word);
                _isBuffered = (word & (BucketWord.Overflow | BucketWord.Moved)) != 0;
                if (_isBuffered)
                {
                    _buffer.Truncate(0);
                    _map.CopyBucket(_table, index, ref _buffer);
                    _count = _buffer.Count;
                    return;
                }
                _count = 0;
                for (ulong slots = BucketWord.Used(word); slots != 0; slots = BucketWord.Rest(slots))
                    Copy(ref Bucket<TKey, TValue>.EntryAt(ref bucket, BucketWord.First(slots)), ref _slots[_count++]);
                // The copies must be complete before the version is read again.
                Volatile.ReadBarrier();
                if (bucket.Version == version)
                    return;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Copy(ref Entry<TKey, TValue> from, ref Entry<TKey, TValue> to)
        {
            to.Key = EntryMemory.Read(ref from.Key);
            to.Value = EntryMemory.Read(ref from.Value);
        }
    }
}

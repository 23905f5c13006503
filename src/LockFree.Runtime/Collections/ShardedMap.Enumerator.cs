using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LockFree;

public sealed partial class ShardedMap<TKey, TValue>
{
    /// <summary>Walks over the entries of a map; see <see cref="ShardedMap{TKey, TValue}.GetEnumerator"/>.</summary>
    /// <remarks>
    /// <para>
    /// Which entries of a bucket will come is settled when the walk gets there; they are then read one by one as it goes on. If the bucket has changed
    /// meanwhile, those still to come are known by their tags, no two of which are the same: whatever has such a tag now is one of them, or has come since,
    /// but is none that has come already. Where tags are not enough, the rest of the bucket is collected all at once.
    /// </para>
    /// <para>
    /// No method that is not inlined gets a reference to the enumerator, and no field is an array: so in a loop its fields live in registers.
    /// </para>
    /// </remarks>
    public struct Enumerator : IEnumerator<KeyValuePair<TKey, TValue>>
    {
        // What forbids to go on by tags alone.
        private const ulong Collected = BucketWord.Overflow | BucketWord.Moved | BucketWord.Twins;

        private readonly ShardedMap<TKey, TValue> _map;
        private readonly Table<TKey, TValue> _table;
        private readonly Bucket<TKey, TValue>[] _buckets;
        private int _bucket;

        // The bucket as it was when last looked at, and which of its slots are still to come.
        private uint _version;
        private ulong _word;
        private ulong _remaining;

        // The entries of a bucket that were collected, and how many of them have come.
        private EntryBuffer<TKey, TValue> _buffer;
        private int _position;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Enumerator(ShardedMap<TKey, TValue> map)
        {
            _map = map;
            _table = Volatile.Read(ref map._table);
            _buckets = _table.Buckets;
            _bucket = -1;
            _buffer = new EntryBuffer<TKey, TValue>(0);
        }

        /// <summary>The entry the walk has come to.</summary>
        public KeyValuePair<TKey, TValue> Current
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            readonly get;
            private set;
        }

        readonly object IEnumerator.Current => Current;

        /// <summary>Goes on to the next entry.</summary>
        /// <returns>False when there is none.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext()
        {
            while (true)
            {
                if (_remaining != 0)
                {
                    if (TryReadNext())
                        return true;
                    LookAgain();
                }
                else if (_position < _buffer.Count)
                {
                    Current = _buffer[_position++];
                    return true;
                }
                else if (_bucket + 1 < _buckets.Length)
                {
                    _bucket++;
                    Open();
                }
                else
                {
                    return false;
                }
            }
        }

        /// <summary>Begins the walk again, on the map as it is now.</summary>
        public void Reset() => this = new Enumerator(_map);

        /// <summary>Does nothing.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Dispose()
        {
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Open()
        {
            // Version before word, both before the entries: acquire reads.
            _version = Volatile.Read(ref Visited().Version);
            _word = Volatile.Read(ref Visited().Word);
            if ((_word & Collected) == 0)
            {
                _remaining = BucketWord.Used(_word);
            }
            else
            {
                // Opened only when collected: if a hash throws meanwhile, the walk comes to this bucket again.
                _bucket--;
                _buffer = Collect(_map, _table, _bucket + 1, _buffer, default);
                _bucket++;
                _position = 0;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private bool TryReadNext()
        {
            ref Entry<TKey, TValue> entry = ref Bucket<TKey, TValue>.EntryAt(ref Visited(), BucketWord.First(_remaining));
            TKey key = EntryMemory.Read(ref entry.Key);
            TValue value = EntryMemory.Read(ref entry.Value);
            // The copies must be complete before the version is read again.
            Volatile.ReadBarrier();
            if (Visited().Version != _version)
                return false;
            Current = new KeyValuePair<TKey, TValue>(key, value);
            _remaining = BucketWord.Rest(_remaining);
            return true;
        }

        /// <summary>Finds the entries still to come after the bucket has changed.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void LookAgain()
        {
            // Version before word, both before the entries: acquire reads. The old ones stay until the entries are found: a hash may throw before that.
            uint version = Volatile.Read(ref Visited().Version);
            ulong word = Volatile.Read(ref Visited().Word);
            if ((word & Collected) == 0)
            {
                _version = version;
                _remaining = BucketWord.Alike(word, _word, _remaining);
                _word = word;
            }
            else
            {
                _buffer = Collect(_map, _table, _bucket, _buffer, new TagSet(_word, _remaining));
                _position = 0;
                _remaining = 0;
            }
        }

        // In range: the walk goes no further than the end. Unsigned as a slot is.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly ref Bucket<TKey, TValue> Visited() => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buckets), (nuint)(uint)_bucket);

        /// <summary>Collects, of what has become of a bucket, the entries with certain tags.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static EntryBuffer<TKey, TValue> Collect(
            ShardedMap<TKey, TValue> map, Table<TKey, TValue> table, int bucket, EntryBuffer<TKey, TValue> buffer, TagSet tags)
        {
            buffer.Truncate(0);
            map.CopyBucket(table, bucket, tags, ref buffer);
            return buffer;
        }
    }
}

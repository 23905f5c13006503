using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LockFree;

public sealed partial class ShardedMap<TKey, TValue>
{
    /// <summary>Walks over the entries of a map; see <see cref="ShardedMap{TKey, TValue}.GetEnumerator"/>.</summary>
    /// <remarks>
    /// The entries come out of the batches of a <see cref="BatchReader"/>. No method that is not inlined gets a reference to the enumerator: so in a loop its
    /// fields live in registers. A copy of an enumerator shares the batch: go on with one of them only.
    /// </remarks>
    public struct Enumerator : IEnumerator<KeyValuePair<TKey, TValue>>
    {
        private readonly ShardedMap<TKey, TValue> _map;
        private readonly Table<TKey, TValue> _table;
        private BatchReader? _reader;

        // The present batch, and which of its places are still to come.
        private Bucket<TKey, TValue>[] _batch;
        private ulong _remaining;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Enumerator(ShardedMap<TKey, TValue> map)
        {
            _map = map;
            _table = Volatile.Read(ref map._table);
            _batch = [];
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
            // Read once: threads that share an enumerator, which none may, shall get wrong entries and not what lies beyond the batch.
            ulong remaining = _remaining;
            if (remaining == 0)
            {
                _reader ??= BatchReader.Over(_map, _table);
                remaining = _reader.ReadNext();
                _batch = _reader.Batch;
                if (remaining == 0)
                    return false;
            }
            ref Entry<TKey, TValue> entry = ref BatchReader.EntryAt(_batch, BitOperations.TrailingZeroCount(remaining));
            Current = new KeyValuePair<TKey, TValue>(entry.Key, entry.Value);
            _remaining = remaining & (remaining - 1);
            return true;
        }

        /// <summary>Begins the walk again, on the map as it is now.</summary>
        public void Reset() => this = new Enumerator(_map);

        /// <summary>Does nothing.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Dispose()
        {
        }
    }
}

using System.Collections;
using System.Diagnostics;

namespace LockFree;

/// <content>The keys as a collection.</content>
public sealed partial class ShardedMap<TKey, TValue>
{
    private KeyCollection? _keys;

    /// <summary>The keys: a view of the map, not a copy. Enumerating it follows the rules of <see cref="GetEnumerator"/>.</summary>
    public KeyCollection Keys => _keys ??= new KeyCollection(this);

    /// <summary>The keys of a map: a view that changes with the map and cannot be changed itself.</summary>
    [DebuggerDisplay("Count = {Count}")]
    public sealed class KeyCollection : ICollection<TKey>, IReadOnlyCollection<TKey>, ICollection
    {
        private readonly ShardedMap<TKey, TValue> _map;

        internal KeyCollection(ShardedMap<TKey, TValue> map) => _map = map;

        /// <summary>The number of keys; as exact as the map's.</summary>
        public int Count => _map.Count;

        bool ICollection<TKey>.IsReadOnly => true;

        bool ICollection.IsSynchronized => false;

        object ICollection.SyncRoot => ((ICollection)_map).SyncRoot;

        /// <summary>Whether the map has a key. Never blocks.</summary>
        /// <param name="item">The key.</param>
        public bool Contains(TKey item) => _map.ContainsKey(item);

        /// <summary>Walks over the keys.</summary>
        /// <returns>An enumerator that is a struct.</returns>
        public Enumerator GetEnumerator() => new(_map);

        IEnumerator<TKey> IEnumerable<TKey>.GetEnumerator() => GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <summary>Copies the keys into a new array.</summary>
        /// <returns>The keys, in no particular order.</returns>
        public TKey[] ToArray() => Array.ConvertAll(_map.ToArray(), static entry => entry.Key);

        /// <summary>Copies the keys into an array.</summary>
        /// <param name="array">The array.</param>
        /// <param name="arrayIndex">Where in the array to begin.</param>
        /// <exception cref="ArgumentException">The keys do not fit; nothing was copied.</exception>
        public void CopyTo(TKey[] array, int arrayIndex) => Copying.CopyTo(ToArray(), array, arrayIndex);

        void ICollection.CopyTo(Array array, int index) => Copying.CopyTo(ToArray(), array, index);

        void ICollection<TKey>.Add(TKey item) => throw ReadOnly();

        bool ICollection<TKey>.Remove(TKey item) => throw ReadOnly();

        void ICollection<TKey>.Clear() => throw ReadOnly();

        private static NotSupportedException ReadOnly() => new("The keys of a map are changed through the map.");

        /// <summary>Walks over the keys of a map.</summary>
        public struct Enumerator : IEnumerator<TKey>
        {
            private ShardedMap<TKey, TValue>.Enumerator _entries;

            internal Enumerator(ShardedMap<TKey, TValue> map) => _entries = map.GetEnumerator();

            /// <summary>The key the walk has come to.</summary>
            public TKey Current => _entries.Current.Key;

            object IEnumerator.Current => Current;

            /// <summary>Goes on to the next key.</summary>
            /// <returns>False when there is none.</returns>
            public bool MoveNext() => _entries.MoveNext();

            /// <summary>Begins the walk again, on the map as it is now.</summary>
            public void Reset() => _entries.Reset();

            /// <summary>Does nothing.</summary>
            public readonly void Dispose()
            {
            }
        }
    }
}

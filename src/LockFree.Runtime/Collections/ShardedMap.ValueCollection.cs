using System.Collections;
using System.Diagnostics;

namespace LockFree;

/// <content>The values as a collection.</content>
public sealed partial class ShardedMap<TKey, TValue>
{
    private ValueCollection? _values;

    /// <summary>The values: a view of the map, not a copy. Enumerating it follows the rules of <see cref="GetEnumerator"/>.</summary>
    public ValueCollection Values => _values ??= new ValueCollection(this);

    /// <summary>The values of a map: a view that changes with the map and cannot be changed itself.</summary>
    [DebuggerDisplay("Count = {Count}")]
    public sealed class ValueCollection : ICollection<TValue>, IReadOnlyCollection<TValue>, ICollection
    {
        private readonly ShardedMap<TKey, TValue> _map;

        internal ValueCollection(ShardedMap<TKey, TValue> map) => _map = map;

        /// <summary>The number of values; as exact as the map's.</summary>
        public int Count => _map.Count;

        bool ICollection<TValue>.IsReadOnly => true;

        bool ICollection.IsSynchronized => false;

        object ICollection.SyncRoot => ((ICollection)_map).SyncRoot;

        /// <summary>Whether a key of the map has a value; looks through all of them.</summary>
        /// <param name="item">The value; compared by the default equality of <typeparamref name="TValue"/>.</param>
        public bool Contains(TValue item)
        {
            foreach (TValue value in this)
            {
                if (EqualityComparer<TValue>.Default.Equals(value, item))
                    return true;
            }
            return false;
        }

        /// <summary>Walks over the values.</summary>
        /// <returns>An enumerator that is a struct.</returns>
        public Enumerator GetEnumerator() => new(_map);

        IEnumerator<TValue> IEnumerable<TValue>.GetEnumerator() => GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <summary>Copies the values into a new array.</summary>
        /// <returns>The values, in no particular order.</returns>
        public TValue[] ToArray() => Array.ConvertAll(_map.ToArray(), static entry => entry.Value);

        /// <summary>Copies the values into an array.</summary>
        /// <param name="array">The array.</param>
        /// <param name="arrayIndex">Where in the array to begin.</param>
        /// <exception cref="ArgumentException">The values do not fit; nothing was copied.</exception>
        public void CopyTo(TValue[] array, int arrayIndex) => Copying.CopyTo(ToArray(), array, arrayIndex);

        void ICollection.CopyTo(Array array, int index) => Copying.CopyTo(ToArray(), array, index);

        void ICollection<TValue>.Add(TValue item) => throw ReadOnly();

        bool ICollection<TValue>.Remove(TValue item) => throw ReadOnly();

        void ICollection<TValue>.Clear() => throw ReadOnly();

        private static NotSupportedException ReadOnly() => new("The values of a map are changed through the map.");

        /// <summary>Walks over the values of a map.</summary>
        public struct Enumerator : IEnumerator<TValue>
        {
            private ShardedMap<TKey, TValue>.Enumerator _entries;

            internal Enumerator(ShardedMap<TKey, TValue> map) => _entries = map.GetEnumerator();

            /// <summary>The value the walk has come to.</summary>
            public TValue Current => _entries.Current.Value;

            object? IEnumerator.Current => Current;

            /// <summary>Goes on to the next value.</summary>
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

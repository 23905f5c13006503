using System.Collections;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace LockFree;

/// <summary>
/// A set for many threads at once: looking up never blocks, a writer locks one bucket of seven items for the time of a few stores, and no code of the
/// caller ever runs under such a lock. A <see cref="ShardedMap{TKey, TValue}"/> without values; its remarks hold here too.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
[DebuggerDisplay("Count = {Count}")]
[DebuggerTypeProxy(typeof(ShardedSetDebugView<>))]
public sealed partial class ShardedSet<T> : ICollection<T>, IReadOnlyCollection<T>, ICollection
    where T : notnull
{
    private readonly ShardedMap<T, NoValue> _items;

    /// <summary>Creates an empty set that compares items with their default equality.</summary>
    public ShardedSet() => _items = new ShardedMap<T, NoValue>();

    /// <summary>Creates an empty set with room for a number of items.</summary>
    /// <param name="capacity">How many items the set takes before it grows.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is negative.</exception>
    public ShardedSet(int capacity) => _items = new ShardedMap<T, NoValue>(capacity);

    /// <summary>Creates an empty set that compares items with a comparer.</summary>
    /// <param name="comparer">The comparer, or null for the default equality of the items.</param>
    public ShardedSet(IEqualityComparer<T>? comparer) => _items = new ShardedMap<T, NoValue>(comparer);

    /// <summary>Creates an empty set with room for a number of items that compares items with a comparer.</summary>
    /// <param name="capacity">How many items the set takes before it grows.</param>
    /// <param name="comparer">The comparer, or null for the default equality of the items.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is negative.</exception>
    public ShardedSet(int capacity, IEqualityComparer<T>? comparer) => _items = new ShardedMap<T, NoValue>(capacity, comparer);

    /// <summary>Creates a set of the items of a sequence, which may have some more than once.</summary>
    /// <param name="source">The items.</param>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> or one of its items is null.</exception>
    public ShardedSet(IEnumerable<T> source)
        : this(source, null)
    {
    }

    /// <summary>Creates a set of the items of a sequence, which may have some more than once, that compares items with a comparer.</summary>
    /// <param name="source">The items.</param>
    /// <param name="comparer">The comparer, or null for the default equality of the items.</param>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> or one of its items is null.</exception>
    public ShardedSet(IEnumerable<T> source, IEqualityComparer<T>? comparer)
        : this(comparer)
    {
        ArgumentNullException.ThrowIfNull(source);
        UnionWith(source);
    }

    /// <summary>The comparer that decides which items are equal.</summary>
    public IEqualityComparer<T> Comparer => _items.Comparer;

    /// <summary>The number of items. Takes no lock; exact when nobody writes, else off by no more than the writes under way.</summary>
    /// <exception cref="OverflowException">There are more than <see cref="int.MaxValue"/> items.</exception>
    public int Count => _items.Count;

    /// <summary>Whether the set has no items; as exact as <see cref="Count"/>.</summary>
    public bool IsEmpty => _items.IsEmpty;

    bool ICollection<T>.IsReadOnly => false;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => ((ICollection)_items).SyncRoot;

    /// <summary>Adds an item. Atomic: of several callers who add equal items one succeeds.</summary>
    /// <param name="item">The item.</param>
    /// <returns>False if the set has an equal item already, which stays.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="item"/> is null.</exception>
    public bool Add(T item) => _items.TryAdd(item, default);

    /// <summary>As <see cref="Add"/>, under the name that concurrent collections have for it.</summary>
    /// <param name="item">The item.</param>
    /// <returns>False if the set has an equal item already, which stays.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="item"/> is null.</exception>
    public bool TryAdd(T item) => Add(item);

    /// <summary>Removes an item. Atomic: of several callers one succeeds.</summary>
    /// <param name="item">The item.</param>
    /// <returns>Whether the set had the item.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="item"/> is null.</exception>
    public bool Remove(T item) => _items.TryRemove(item, out _);

    /// <summary>As <see cref="Remove"/>, under the name that concurrent collections have for it.</summary>
    /// <param name="item">The item.</param>
    /// <returns>Whether the set had the item.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="item"/> is null.</exception>
    public bool TryRemove(T item) => Remove(item);

    /// <summary>Whether the set has an item. Never blocks.</summary>
    /// <param name="item">The item.</param>
    /// <exception cref="ArgumentNullException"><paramref name="item"/> is null.</exception>
    public bool Contains(T item) => _items.ContainsKey(item);

    /// <summary>Gets the item of the set that equals another. Never blocks.</summary>
    /// <param name="equalItem">The other item.</param>
    /// <param name="actualItem">The item of the set, or the default.</param>
    /// <returns>Whether the set has it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="equalItem"/> is null.</exception>
    public bool TryGetValue(T equalItem, [MaybeNullWhen(false)] out T actualItem) => _items.TryGetKey(equalItem, out actualItem);

    /// <summary>Removes every item that a predicate selects. Each removal is atomic, the whole is not.</summary>
    /// <param name="predicate">Given the item; runs without a lock and may use the set.</param>
    /// <returns>How many items were removed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="predicate"/> is null.</exception>
    public int RemoveWhere(Func<T, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return _items.RemoveWhere((item, _) => predicate(item));
    }

    /// <summary>
    /// Removes all items and returns them, each to exactly one of the callers who remove it. Items added meanwhile may be among the result or stay.
    /// </summary>
    /// <returns>The items removed.</returns>
    public T[] Drain() => Array.ConvertAll(_items.Drain(), static entry => entry.Key);

    /// <summary>Removes all items and lets go of their memory. Atomic.</summary>
    public void Clear() => _items.Clear();

    /// <summary>Makes room for a number of items, so that adding up to it needs no growth.</summary>
    /// <param name="capacity">How many items.</param>
    /// <returns>How many items the set takes before it grows.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is negative.</exception>
    public int EnsureCapacity(int capacity) => _items.EnsureCapacity(capacity);

    /// <summary>Moves the items into the smallest table that takes them and lets go of the rest.</summary>
    public void TrimExcess() => _items.TrimExcess();

    /// <summary>Copies the items into a new array; see <see cref="GetEnumerator"/> for which.</summary>
    /// <returns>The items, in no particular order.</returns>
    public T[] ToArray() => _items.Keys.ToArray();

    /// <summary>Copies the items into an array.</summary>
    /// <param name="array">The array.</param>
    /// <param name="arrayIndex">Where in the array to begin.</param>
    /// <exception cref="ArgumentException">The items do not fit; nothing was copied.</exception>
    public void CopyTo(T[] array, int arrayIndex) => Copying.CopyTo(ToArray(), array, arrayIndex);

    /// <summary>
    /// Walks over the items without blocking anybody or being blocked. Every item that is present for the whole walk comes exactly once; items that
    /// come or go meanwhile may or may not.
    /// </summary>
    /// <returns>An enumerator that is a struct.</returns>
    public Enumerator GetEnumerator() => new(_items);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void ICollection<T>.Add(T item) => Add(item);

    void ICollection.CopyTo(Array array, int index) => Copying.CopyTo(ToArray(), array, index);

    /// <summary>Walks over the items of a set.</summary>
    public struct Enumerator : IEnumerator<T>
    {
        private ShardedMap<T, NoValue>.Enumerator _entries;

        internal Enumerator(ShardedMap<T, NoValue> items) => _entries = items.GetEnumerator();

        /// <summary>The item the walk has come to.</summary>
        public T Current => _entries.Current.Key;

        object IEnumerator.Current => Current;

        /// <summary>Goes on to the next item.</summary>
        /// <returns>False when there is none.</returns>
        public bool MoveNext() => _entries.MoveNext();

        /// <summary>Begins the walk again, on the set as it is now.</summary>
        public void Reset() => _entries.Reset();

        /// <summary>Does nothing.</summary>
        public readonly void Dispose()
        {
        }
    }
}

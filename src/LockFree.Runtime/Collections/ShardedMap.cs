using System.Diagnostics;

namespace LockFree;

/// <summary>
/// A dictionary for many threads at once: reads never block, a writer locks one bucket of seven entries for the time of a few stores, and no
/// code of the caller (comparer, factory, updater, predicate) ever runs under such a lock.
/// </summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// <para>
/// Every member may be called from any number of threads. Members that concern one key are atomic (linearizable). Members that concern the whole
/// map, enumeration among them, go bucket by bucket: they see each entry that is present from beginning to end exactly once, and may or may not
/// see what comes or goes meanwhile.
/// </para>
/// <para>
/// Readers ignore locks: a thread that is suspended in the middle of a write delays only writers of the same bucket. The table grows a few buckets
/// at a time, moved by the writers that come along, so no single insert pays for all of it.
/// </para>
/// <para>
/// Entries lie in arrays of structs, without an object per entry: updating, removing, and adding without growth allocate nothing, and a map whose
/// keys and values hold no references costs the garbage collector nothing.
/// </para>
/// <para>
/// An exception thrown by a comparer, factory, updater or predicate reaches the caller and leaves the map as it was. Keys must not change their
/// hash or equality while they are in the map. Text is hashed with a random seed per map unless a comparer is given.
/// </para>
/// </remarks>
[DebuggerDisplay("Count = {Count}")]
[DebuggerTypeProxy(typeof(ShardedMapDebugView<,>))]
public sealed partial class ShardedMap<TKey, TValue>
    where TKey : notnull
{
    private const int DefaultLog = 2;

    private readonly StringHash _stringHash;

    // Null for the default equality of value types and of strings, whose code the compiler can then build in.
    private readonly IEqualityComparer<TKey>? _comparer;

    private Table<TKey, TValue> _table;

    /// <summary>Creates an empty map that compares keys with their default equality.</summary>
    public ShardedMap()
        : this(0, null)
    {
    }

    /// <summary>Creates an empty map with room for a number of entries.</summary>
    /// <param name="capacity">How many entries the map takes before it grows.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is negative.</exception>
    public ShardedMap(int capacity)
        : this(capacity, null)
    {
    }

    /// <summary>Creates an empty map that compares keys with a comparer.</summary>
    /// <param name="comparer">The comparer, or null for the default equality of the keys.</param>
    public ShardedMap(IEqualityComparer<TKey>? comparer)
        : this(0, comparer)
    {
    }

    /// <summary>Creates an empty map with room for a number of entries that compares keys with a comparer.</summary>
    /// <param name="capacity">How many entries the map takes before it grows.</param>
    /// <param name="comparer">The comparer, or null for the default equality of the keys.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is negative.</exception>
    public ShardedMap(int capacity, IEqualityComparer<TKey>? comparer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        Comparer = comparer ?? EqualityComparer<TKey>.Default;
        _comparer = IsBuiltIn(Comparer) ? null : Comparer;
        if (typeof(TKey) == typeof(string) && _comparer is null)
            _stringHash = StringHash.CreateRandom();
        _table = NewTable(Math.Max(DefaultLog, LogFor(capacity)), new StripedCounter());
    }

    /// <summary>Creates a map with the entries of a sequence.</summary>
    /// <param name="source">The entries.</param>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> or one of its keys is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="source"/> has a key twice.</exception>
    public ShardedMap(IEnumerable<KeyValuePair<TKey, TValue>> source)
        : this(source, null)
    {
    }

    /// <summary>Creates a map with the entries of a sequence that compares keys with a comparer.</summary>
    /// <param name="source">The entries.</param>
    /// <param name="comparer">The comparer, or null for the default equality of the keys.</param>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> or one of its keys is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="source"/> has a key twice.</exception>
    public ShardedMap(IEnumerable<KeyValuePair<TKey, TValue>> source, IEqualityComparer<TKey>? comparer)
        : this(CountOf(source), comparer)
    {
        foreach (KeyValuePair<TKey, TValue> entry in source)
            Add(entry.Key, entry.Value);
    }

    /// <summary>The comparer that decides which keys are equal.</summary>
    public IEqualityComparer<TKey> Comparer { get; }

    /// <summary>
    /// The number of entries. Takes no lock and does not depend on the size of the map; exact when nobody writes, else off by no more than the
    /// writes under way.
    /// </summary>
    /// <exception cref="OverflowException">There are more than <see cref="int.MaxValue"/> entries.</exception>
    public int Count => checked((int)Volatile.Read(ref _table).Count.Value);

    /// <summary>Whether the map has no entries; as exact as <see cref="Count"/>.</summary>
    public bool IsEmpty => Volatile.Read(ref _table).Count.Value == 0;

    /// <summary>Gets or sets the value of a key. Getting never blocks; setting adds the key if it is missing.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="KeyNotFoundException">On getting: the map does not have the key.</exception>
    public TValue this[TKey key]
    {
        get
        {
            if (TryGetValue(key, out TValue? value))
                return value;
            throw new KeyNotFoundException($"The map does not have the key '{key}'.");
        }
        set => Set(key, value);
    }

    private static bool IsBuiltIn(IEqualityComparer<TKey> comparer)
    {
        if (typeof(TKey) == typeof(string))
            return ReferenceEquals(comparer, EqualityComparer<TKey>.Default) || ReferenceEquals(comparer, StringComparer.Ordinal);
        return typeof(TKey).IsValueType && ReferenceEquals(comparer, EqualityComparer<TKey>.Default);
    }

    private static int CountOf(IEnumerable<KeyValuePair<TKey, TValue>> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.TryGetNonEnumeratedCount(out int count) ? count : 0;
    }

    private static Table<TKey, TValue> NewTable(int log, StripedCounter count) => new(log, count, isCleared: true);

    private static int LogFor(long capacity) => Table<TKey, TValue>.LogFor(capacity);
}

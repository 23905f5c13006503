using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LockFree;

/// <content>Looking up keys by something else that stands for them, a slice of text for a string above all.</content>
public sealed partial class ShardedMap<TKey, TValue>
{
    /// <summary>Gets a view of the map that takes another type for its keys.</summary>
    /// <typeparam name="TAlternate">The other type, <c>ReadOnlySpan&lt;char&gt;</c> for string keys.</typeparam>
    /// <exception cref="InvalidOperationException">The map's comparer cannot compare its keys with <typeparamref name="TAlternate"/>.</exception>
    public AlternateLookup<TAlternate> GetAlternateLookup<TAlternate>()
        where TAlternate : notnull, allows ref struct =>
        TryGetAlternateLookup(out AlternateLookup<TAlternate> lookup)
            ? lookup
            : throw new InvalidOperationException($"The map's comparer cannot compare {typeof(TKey)} with {typeof(TAlternate)}.");

    /// <summary>Gets a view of the map that takes another type for its keys, if its comparer can compare the two.</summary>
    /// <typeparam name="TAlternate">The other type.</typeparam>
    /// <param name="lookup">The view, or the default.</param>
    /// <returns>Whether there is such a view.</returns>
    public bool TryGetAlternateLookup<TAlternate>(out AlternateLookup<TAlternate> lookup)
        where TAlternate : notnull, allows ref struct
    {
        bool isComparable = Comparer is IAlternateEqualityComparer<TAlternate, TKey>;
        lookup = isComparable ? new AlternateLookup<TAlternate>(this) : default;
        return isComparable;
    }

    /// <summary>A view of a map that takes another type for its keys and makes a key of it only to add one.</summary>
    /// <typeparam name="TAlternate">The type that stands for the keys.</typeparam>
    public readonly struct AlternateLookup<TAlternate>
        where TAlternate : notnull, allows ref struct
    {
        private readonly IAlternateEqualityComparer<TAlternate, TKey> _comparer;

        internal AlternateLookup(ShardedMap<TKey, TValue> map)
        {
            Map = map;
            _comparer = (IAlternateEqualityComparer<TAlternate, TKey>)map.Comparer;
        }

        /// <summary>The map.</summary>
        public ShardedMap<TKey, TValue> Map { get; }

        /// <summary>Gets or sets the value of a key. Getting never blocks; setting adds the key if it is missing.</summary>
        /// <param name="key">What stands for the key.</param>
        /// <exception cref="KeyNotFoundException">On getting: the map does not have the key.</exception>
        public TValue this[TAlternate key]
        {
            get => TryGetValue(key, out TValue? value) ? value : throw new KeyNotFoundException("The map does not have the key.");
            set => Map[ActualOrNew(key)] = value;
        }

        /// <summary>Gets the value of a key. Never blocks.</summary>
        /// <param name="key">What stands for the key.</param>
        /// <param name="value">Its value, or the default.</param>
        /// <returns>Whether the map has the key.</returns>
        public bool TryGetValue(TAlternate key, [MaybeNullWhen(false)] out TValue value) => TryGetValue(key, out _, out value);

        /// <summary>Gets the key and its value. Never blocks.</summary>
        /// <param name="key">What stands for the key.</param>
        /// <param name="actualKey">The key the map has, or the default.</param>
        /// <param name="value">Its value, or the default.</param>
        /// <returns>Whether the map has the key.</returns>
        public bool TryGetValue(TAlternate key, [MaybeNullWhen(false)] out TKey actualKey, [MaybeNullWhen(false)] out TValue value) =>
            Map.TryFindEntry(new AlternateProbe(_comparer, key), HashOf(key), out actualKey, out value);

        /// <summary>Whether the map has a key. Never blocks.</summary>
        /// <param name="key">What stands for the key.</param>
        public bool ContainsKey(TAlternate key) => TryGetValue(key, out _, out _);

        /// <summary>Adds an entry if the map does not have its key.</summary>
        /// <param name="key">What stands for the key.</param>
        /// <param name="value">The value.</param>
        /// <returns>Whether the entry was added.</returns>
        public bool TryAdd(TAlternate key, TValue value) => !ContainsKey(key) && Map.TryAdd(_comparer.Create(key), value);

        /// <summary>Gets the value of a key, adding it first if it is missing.</summary>
        /// <param name="key">What stands for the key.</param>
        /// <param name="value">The value to add.</param>
        /// <returns>The value the map has for the key.</returns>
        public TValue GetOrAdd(TAlternate key, TValue value) =>
            TryGetValue(key, out TValue? existing) ? existing : Map.GetOrAdd(_comparer.Create(key), value);

        /// <summary>As <see cref="ShardedMap{TKey, TValue}.GetOrAdd(TKey, Func{TKey, TValue})"/>.</summary>
        /// <param name="key">What stands for the key.</param>
        /// <param name="valueFactory">Makes the value; runs without a lock and may use the map; racing callers may each run theirs.</param>
        /// <returns>The value the map has for the key.</returns>
        public TValue GetOrAdd(TAlternate key, Func<TKey, TValue> valueFactory)
        {
            ArgumentNullException.ThrowIfNull(valueFactory);
            return TryGetValue(key, out TValue? existing) ? existing : Map.GetOrAdd(_comparer.Create(key), valueFactory);
        }

        /// <summary>Removes a key and gets the value it had. Of several callers one gets the value.</summary>
        /// <param name="key">What stands for the key.</param>
        /// <param name="value">The value it had, or the default.</param>
        /// <returns>Whether the map had the key.</returns>
        public bool TryRemove(TAlternate key, [MaybeNullWhen(false)] out TValue value) => TryRemove(key, out _, out value);

        /// <summary>Removes a key and gets it and the value it had. Of several callers one gets them.</summary>
        /// <param name="key">What stands for the key.</param>
        /// <param name="actualKey">The key the map had, or the default.</param>
        /// <param name="value">The value it had, or the default.</param>
        /// <returns>Whether the map had the key.</returns>
        public bool TryRemove(TAlternate key, [MaybeNullWhen(false)] out TKey actualKey, [MaybeNullWhen(false)] out TValue value)
        {
            if (TryGetValue(key, out actualKey, out _) && Map.TryRemove(actualKey, out value))
                return true;
            actualKey = default;
            value = default;
            return false;
        }

        private TKey ActualOrNew(TAlternate key) => TryGetValue(key, out TKey? actualKey, out _) ? actualKey : _comparer.Create(key);

        private ulong HashOf(TAlternate key) =>
            typeof(TAlternate) == typeof(ReadOnlySpan<char>) && typeof(TKey) == typeof(string) && Map._comparer is null
                ? Map._stringHash.Of(Unsafe.As<TAlternate, ReadOnlySpan<char>>(ref key))
                : Spread(_comparer.GetHashCode(key));

        private readonly ref struct AlternateProbe(IAlternateEqualityComparer<TAlternate, TKey> comparer, TAlternate key) : IProbe
        {
            private readonly TAlternate _key = key;

            public bool Matches(TKey stored) => comparer.Equals(_key, stored);
        }
    }
}

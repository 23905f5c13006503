using System.Collections;

namespace LockFree;

/// <content>The interfaces of dictionaries.</content>
public sealed partial class ShardedMap<TKey, TValue> : IDictionary<TKey, TValue>, IReadOnlyDictionary<TKey, TValue>, IDictionary
{
    ICollection<TKey> IDictionary<TKey, TValue>.Keys => Keys;

    ICollection<TValue> IDictionary<TKey, TValue>.Values => Values;

    IEnumerable<TKey> IReadOnlyDictionary<TKey, TValue>.Keys => Keys;

    IEnumerable<TValue> IReadOnlyDictionary<TKey, TValue>.Values => Values;

    ICollection IDictionary.Keys => Keys;

    ICollection IDictionary.Values => Values;

    bool ICollection<KeyValuePair<TKey, TValue>>.IsReadOnly => false;

    bool IDictionary.IsReadOnly => false;

    bool IDictionary.IsFixedSize => false;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => throw new NotSupportedException("A map that is not synchronised by a lock has no lock to share.");

    object? IDictionary.this[object key]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(key);
            return key is TKey typed && TryGetValue(typed, out TValue? value) ? value : null;
        }
        set => this[KeyFrom(key)] = ValueFrom(value);
    }

    /// <summary>Copies the entries into an array; see <see cref="GetEnumerator"/> for which.</summary>
    /// <param name="array">The array.</param>
    /// <param name="arrayIndex">Where in the array to begin.</param>
    /// <exception cref="ArgumentNullException"><paramref name="array"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="arrayIndex"/> is negative.</exception>
    /// <exception cref="ArgumentException">The entries do not fit; nothing was copied.</exception>
    public void CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex) => Copying.CopyTo(ToArray(), array, arrayIndex);

    void ICollection.CopyTo(Array array, int index)
    {
        if (array is DictionaryEntry[])
            Copying.CopyTo(Array.ConvertAll(ToArray(), static entry => new DictionaryEntry(entry.Key, entry.Value)), array, index);
        else
            Copying.CopyTo(ToArray(), array, index);
    }

    bool IDictionary<TKey, TValue>.Remove(TKey key) => TryRemove(key, out _);

    void ICollection<KeyValuePair<TKey, TValue>>.Add(KeyValuePair<TKey, TValue> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<TKey, TValue>>.Contains(KeyValuePair<TKey, TValue> item) =>
        TryGetValue(item.Key, out TValue? value) && EqualityComparer<TValue>.Default.Equals(value, item.Value);

    bool ICollection<KeyValuePair<TKey, TValue>>.Remove(KeyValuePair<TKey, TValue> item) => TryRemove(item);

    void IDictionary.Add(object key, object? value) => Add(KeyFrom(key), ValueFrom(value));

    bool IDictionary.Contains(object key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key is TKey typed && ContainsKey(typed);
    }

    void IDictionary.Remove(object key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key is TKey typed)
            TryRemove(typed, out _);
    }

    IDictionaryEnumerator IDictionary.GetEnumerator() => new DictionaryEnumerator(this);

    private static TKey KeyFrom(object key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key is TKey typed ? typed : throw new ArgumentException($"The key is a {key.GetType()}, not a {typeof(TKey)}.", nameof(key));
    }

    private static TValue ValueFrom(object? value) => value switch
    {
        TValue typed => typed,
        null when default(TValue) is null => default!,
        _ => throw new ArgumentException($"The value is a {value?.GetType().ToString() ?? "null"}, not a {typeof(TValue)}.", nameof(value)),
    };

    private sealed class DictionaryEnumerator(ShardedMap<TKey, TValue> map) : IDictionaryEnumerator
    {
        private Enumerator _entries = map.GetEnumerator();

        public DictionaryEntry Entry => new(_entries.Current.Key, _entries.Current.Value);

        public object Key => _entries.Current.Key;

        public object? Value => _entries.Current.Value;

        public object Current => Entry;

        public bool MoveNext() => _entries.MoveNext();

        public void Reset() => _entries.Reset();
    }
}

namespace LockFree.Benchmarks.Maps;

/// <summary>A dictionary without any protection: the limit for one thread.</summary>
public readonly struct DictionaryAdapter<TKey, TValue> : IMapAdapter<DictionaryAdapter<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> _map;

    private DictionaryAdapter(Dictionary<TKey, TValue> map) => _map = map;

    public static string Name => MapNames.Unsynchronized;

    public int Count => _map.Count;

    public static DictionaryAdapter<TKey, TValue> Create() => new([]);

    public bool TryGet(TKey key, out TValue value) => _map.TryGetValue(key, out value!);

    public void Set(TKey key, TValue value) => _map[key] = value;

    public bool TryAdd(TKey key, TValue value) => _map.TryAdd(key, value);

    public bool TryRemove(TKey key) => _map.Remove(key);

    public int Walk()
    {
        int count = 0;
        foreach (KeyValuePair<TKey, TValue> entry in _map)
        {
            if (entry.Value is not null)
                count++;
        }
        return count;
    }
}

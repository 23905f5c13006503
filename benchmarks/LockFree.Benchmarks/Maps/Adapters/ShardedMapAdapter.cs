namespace LockFree.Benchmarks.Maps;

/// <summary>Ours.</summary>
public readonly struct ShardedMapAdapter<TKey, TValue> : IMapAdapter<ShardedMapAdapter<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    private readonly ShardedMap<TKey, TValue> _map;

    private ShardedMapAdapter(ShardedMap<TKey, TValue> map) => _map = map;

    public static string Name => MapNames.Ours;

    public int Count => _map.Count;

    public static ShardedMapAdapter<TKey, TValue> Create() => new(new ShardedMap<TKey, TValue>());

    public bool TryGet(TKey key, out TValue value) => _map.TryGetValue(key, out value!);

    public void Set(TKey key, TValue value) => _map[key] = value;

    public bool TryAdd(TKey key, TValue value) => _map.TryAdd(key, value);

    public bool TryRemove(TKey key) => _map.TryRemove(key, out _);

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

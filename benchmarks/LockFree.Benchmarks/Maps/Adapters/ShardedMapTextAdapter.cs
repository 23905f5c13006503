namespace LockFree.Benchmarks.Maps;

/// <summary>As the generic one, for references: generic code for those is shared and would be slower than a program's own.</summary>
public readonly struct ShardedMapTextAdapter : IMapAdapter<ShardedMapTextAdapter, string, object>
{
    private readonly ShardedMap<string, object> _map;

    private ShardedMapTextAdapter(ShardedMap<string, object> map) => _map = map;

    public static string Name => MapNames.Ours;

    public int Count => _map.Count;

    public static ShardedMapTextAdapter Create() => new(new ShardedMap<string, object>());

    public bool TryGet(string key, out object value) => _map.TryGetValue(key, out value!);

    public void Set(string key, object value) => _map[key] = value;

    public bool TryAdd(string key, object value) => _map.TryAdd(key, value);

    public bool TryRemove(string key) => _map.TryRemove(key, out _);

    public int Walk()
    {
        int count = 0;
        foreach (KeyValuePair<string, object> entry in _map)
        {
            if (entry.Value is not null)
                count++;
        }
        return count;
    }
}

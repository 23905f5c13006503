namespace LockFree.Benchmarks.Maps;

/// <summary>As the generic one, for references: generic code for those is shared and would be slower than a program's own.</summary>
public readonly struct DictionaryTextAdapter : IMapAdapter<DictionaryTextAdapter, string, object>
{
    private readonly Dictionary<string, object> _map;

    private DictionaryTextAdapter(Dictionary<string, object> map) => _map = map;

    public static string Name => MapNames.Unsynchronized;

    public int Count => _map.Count;

    public static DictionaryTextAdapter Create() => new([]);

    public bool TryGet(string key, out object value) => _map.TryGetValue(key, out value!);

    public void Set(string key, object value) => _map[key] = value;

    public bool TryAdd(string key, object value) => _map.TryAdd(key, value);

    public bool TryRemove(string key) => _map.Remove(key);

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

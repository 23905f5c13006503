namespace LockFree.Benchmarks.Maps;

/// <summary>As the generic one, for references: generic code for those is shared and would be slower than a program's own.</summary>
internal readonly struct LockedDictionaryTextAdapter : IMapAdapter<LockedDictionaryTextAdapter, string, object>
{
    private readonly Dictionary<string, object> _map;
    private readonly Lock _lock;

    private LockedDictionaryTextAdapter(Dictionary<string, object> map)
    {
        _map = map;
        _lock = new Lock();
    }

    public static string Name => "lock";

    public int Count
    {
        get
        {
            lock (_lock)
                return _map.Count;
        }
    }

    public static LockedDictionaryTextAdapter Create() => new([]);

    public bool TryGet(string key, out object value)
    {
        lock (_lock)
            return _map.TryGetValue(key, out value!);
    }

    public void Set(string key, object value)
    {
        lock (_lock)
            _map[key] = value;
    }

    public bool TryAdd(string key, object value)
    {
        lock (_lock)
            return _map.TryAdd(key, value);
    }

    public bool TryRemove(string key)
    {
        lock (_lock)
            return _map.Remove(key);
    }

    public int Walk()
    {
        int count = 0;
        lock (_lock)
        {
            foreach (KeyValuePair<string, object> entry in _map)
            {
                if (entry.Value is not null)
                    count++;
            }
        }
        return count;
    }
}

namespace LockFree.Benchmarks.Maps;

/// <summary>What most programs have before they look for something better: a dictionary and a lock.</summary>
internal readonly struct LockedDictionaryAdapter<TKey, TValue> : IMapAdapter<LockedDictionaryAdapter<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> _map;
    private readonly Lock _lock;

    private LockedDictionaryAdapter(Dictionary<TKey, TValue> map)
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

    public static LockedDictionaryAdapter<TKey, TValue> Create() => new([]);

    public bool TryGet(TKey key, out TValue value)
    {
        lock (_lock)
            return _map.TryGetValue(key, out value!);
    }

    public void Set(TKey key, TValue value)
    {
        lock (_lock)
            _map[key] = value;
    }

    public bool TryAdd(TKey key, TValue value)
    {
        lock (_lock)
            return _map.TryAdd(key, value);
    }

    public bool TryRemove(TKey key)
    {
        lock (_lock)
            return _map.Remove(key);
    }

    public int Walk()
    {
        int count = 0;
        lock (_lock)
        {
            foreach (KeyValuePair<TKey, TValue> entry in _map)
            {
                if (entry.Value is not null)
                    count++;
            }
        }
        return count;
    }
}

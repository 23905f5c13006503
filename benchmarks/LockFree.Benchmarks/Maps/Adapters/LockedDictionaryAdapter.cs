namespace LockFree.Benchmarks.Maps;

/// <summary>
/// What most programs have before they look for something better: a dictionary and a lock. Without a finally around each use, which a program would
/// have, and which costs a little.
/// </summary>
public readonly struct LockedDictionaryAdapter<TLock, TKey, TValue> : IMapAdapter<LockedDictionaryAdapter<TLock, TKey, TValue>, TKey, TValue>
    where TLock : struct, IDictionaryLock<TLock>
    where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> _map;
    private readonly TLock _lock;

    private LockedDictionaryAdapter(Dictionary<TKey, TValue> map)
    {
        _map = map;
        _lock = TLock.Create();
    }

    public static string Name => TLock.Name;

    public int Count
    {
        get
        {
            _lock.EnterRead();
            int count = _map.Count;
            _lock.ExitRead();
            return count;
        }
    }

    public static LockedDictionaryAdapter<TLock, TKey, TValue> Create() => new([]);

    public bool TryGet(TKey key, out TValue value)
    {
        _lock.EnterRead();
        bool isFound = _map.TryGetValue(key, out value!);
        _lock.ExitRead();
        return isFound;
    }

    public void Set(TKey key, TValue value)
    {
        _lock.EnterWrite();
        _map[key] = value;
        _lock.ExitWrite();
    }

    public bool TryAdd(TKey key, TValue value)
    {
        _lock.EnterWrite();
        bool isAdded = _map.TryAdd(key, value);
        _lock.ExitWrite();
        return isAdded;
    }

    public bool TryRemove(TKey key)
    {
        _lock.EnterWrite();
        bool isRemoved = _map.Remove(key);
        _lock.ExitWrite();
        return isRemoved;
    }

    public int Walk()
    {
        int count = 0;
        _lock.EnterRead();
        foreach (KeyValuePair<TKey, TValue> entry in _map)
        {
            if (entry.Value is not null)
                count++;
        }
        _lock.ExitRead();
        return count;
    }
}

using System.Collections.Concurrent;

namespace LockFree.Benchmarks.Maps;

/// <summary>The framework's.</summary>
public readonly struct ConcurrentDictionaryAdapter<TKey, TValue> : IMapAdapter<ConcurrentDictionaryAdapter<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, TValue> _map;

    private ConcurrentDictionaryAdapter(ConcurrentDictionary<TKey, TValue> map) => _map = map;

    public static string Name => MapNames.Framework;

    public int Count => _map.Count;

    public static ConcurrentDictionaryAdapter<TKey, TValue> Create() => new(new ConcurrentDictionary<TKey, TValue>());

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

namespace LockFree.Benchmarks.Maps;

/// <summary>The NonBlocking package's.</summary>
public readonly struct NonBlockingAdapter<TKey, TValue> : IMapAdapter<NonBlockingAdapter<TKey, TValue>, TKey, TValue>
    where TKey : notnull
{
    private readonly NonBlocking.ConcurrentDictionary<TKey, TValue> _map;

    private NonBlockingAdapter(NonBlocking.ConcurrentDictionary<TKey, TValue> map) => _map = map;

    public static string Name => MapNames.NonBlocking;

    public int Count => _map.Count;

    public static NonBlockingAdapter<TKey, TValue> Create() => new(new NonBlocking.ConcurrentDictionary<TKey, TValue>());

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

namespace LockFree.Benchmarks.Maps;

/// <summary>The keys and values of a run.</summary>
public sealed class MapData<TKey, TValue>
{
    private MapData(TKey[] keys, TValue[] values, TKey[] lookups, TKey[] missing)
    {
        Keys = keys;
        Values = values;
        Lookups = lookups;
        Missing = missing;
    }

    public TKey[] Keys { get; }

    public TValue[] Values { get; }

    /// <summary>The same keys as they are looked up.</summary>
    public TKey[] Lookups { get; }

    /// <summary>As many keys that are never added.</summary>
    public TKey[] Missing { get; }

    /// <summary>Keys in no order, looked up in another order than they were added in, and as other instances where they are objects.</summary>
    public static MapData<TKey, TValue> Shuffled<TPair>(int count)
        where TPair : ITypePair<TKey, TValue>
    {
        int[] numbers = [.. Enumerable.Range(0, count * 2)];
        new Random(1).Shuffle(numbers);
        int[] lookups = numbers[..count];
        new Random(2).Shuffle(lookups);
        return Of<TPair>(numbers, lookups);
    }

    /// <summary>Keys added and looked up in their order.</summary>
    public static MapData<TKey, TValue> InOrder<TPair>(int count)
        where TPair : ITypePair<TKey, TValue> =>
        Of<TPair>([.. Enumerable.Range(0, count * 2)], [.. Enumerable.Range(0, count)]);

    private static MapData<TKey, TValue> Of<TPair>(int[] numbers, int[] lookups)
        where TPair : ITypePair<TKey, TValue>
    {
        int[] added = numbers[..lookups.Length];
        int[] missing = numbers[lookups.Length..];
        return new MapData<TKey, TValue>(
            Array.ConvertAll(added, TPair.KeyOf),
            Array.ConvertAll(added, TPair.ValueOf),
            Array.ConvertAll(lookups, TPair.KeyOf),
            Array.ConvertAll(missing, TPair.KeyOf));
    }
}

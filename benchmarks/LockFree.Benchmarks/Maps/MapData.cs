namespace LockFree.Benchmarks.Maps;

/// <summary>The keys and values of a run.</summary>
internal sealed class MapData<TKey, TValue>
{
    /// <summary>
    /// Keys in no order, because regular ones flatter or damn particular hash functions; looked up in another order than they were added in, and as other
    /// instances where they are objects.
    /// </summary>
    public MapData(int count, Func<int, TKey> keyOf, Func<int, TValue> valueOf)
        : this(Shuffled(Enumerable.Range(0, count * 2), seed: 1), count, keyOf, valueOf, static numbers => Shuffled(numbers, seed: 2))
    {
    }

    private MapData(int[] numbers, int count, Func<int, TKey> keyOf, Func<int, TValue> valueOf, Func<int[], int[]> reorder)
    {
        Keys = [.. numbers[..count].Select(keyOf)];
        Values = [.. numbers[..count].Select(valueOf)];
        Lookups = [.. reorder(numbers[..count]).Select(keyOf)];
        Missing = [.. numbers[count..].Select(keyOf)];
    }

    public TKey[] Keys { get; }

    public TValue[] Values { get; }

    /// <summary>The same keys as they are looked up.</summary>
    public TKey[] Lookups { get; }

    /// <summary>As many keys that are never added.</summary>
    public TKey[] Missing { get; }

    /// <summary>Keys added and looked up in their order: the case in which a map that does not hash numbers at all reads its memory in order.</summary>
    public static MapData<TKey, TValue> InOrder(int count, Func<int, TKey> keyOf, Func<int, TValue> valueOf) =>
        new([.. Enumerable.Range(0, count * 2)], count, keyOf, valueOf, static numbers => numbers);

    private static int[] Shuffled(IEnumerable<int> numbers, int seed)
    {
        int[] shuffled = [.. numbers];
        new Random(seed).Shuffle(shuffled);
        return shuffled;
    }
}

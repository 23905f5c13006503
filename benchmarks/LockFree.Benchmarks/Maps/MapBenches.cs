namespace LockFree.Benchmarks.Maps;

/// <summary>All maps with the same data. Ours comes first.</summary>
internal static class MapBenches
{
    public static IReadOnlyList<IMapBench> Numbers(int size)
    {
        var data = new MapData<int, int>(size, Scatter, static number => number);
        return [.. Generic(data)];
    }

    public static IReadOnlyList<IMapBench> SequentialNumbers(int size)
    {
        var data = MapData<int, int>.InOrder(size, static number => number, static number => number);
        return [.. Generic(data)];
    }

    public static IReadOnlyList<IMapBench> Longs(int size)
    {
        var data = new MapData<long, long>(size, static number => Scatter(number), static number => number);
        return [.. Generic(data)];
    }

    public static IReadOnlyList<IMapBench> Guids(int size)
    {
        var data = new MapData<Guid, Value16>(size, GuidOf, static number => new Value16(number, number));
        return [.. Generic(data)];
    }

    public static IReadOnlyList<IMapBench> Texts(int size)
    {
        var data = new MapData<string, object>(size, static number => $"user:{number}", static _ => new object());
        return
        [
            new MapBench<ShardedMapTextAdapter, string, object>(data),
            new MapBench<ConcurrentDictionaryTextAdapter, string, object>(data),
            new MapBench<NonBlockingTextAdapter, string, object>(data),
            new MapBench<LockedDictionaryTextAdapter, string, object>(data),
        ];
    }

    private static IEnumerable<IMapBench> Generic<TKey, TValue>(MapData<TKey, TValue> data)
        where TKey : notnull =>
        [
            new MapBench<ShardedMapAdapter<TKey, TValue>, TKey, TValue>(data),
            new MapBench<ConcurrentDictionaryAdapter<TKey, TValue>, TKey, TValue>(data),
            new MapBench<NonBlockingAdapter<TKey, TValue>, TKey, TValue>(data),
            new MapBench<LockedDictionaryAdapter<TKey, TValue>, TKey, TValue>(data),
        ];

    // The last steps of MurmurHash3: one to one, and without any order left.
    private static int Scatter(int number)
    {
        uint bits = (uint)number;
        bits ^= bits >> 16;
        bits *= 0x85EB_CA6B;
        bits ^= bits >> 13;
        bits *= 0xC2B2_AE35;
        bits ^= bits >> 16;
        return (int)bits;
    }

    private static Guid GuidOf(int number)
    {
        var bytes = new byte[16];
        new Random(number).NextBytes(bytes);
        return new Guid(bytes);
    }
}

namespace LockFree.Benchmarks.Maps;

/// <summary>The pairs of types that maps are measured with.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Shuffled">Makes a set of so many random keys.</param>
/// <param name="HasReferences">Whether the garbage collector has to look at the entries.</param>
internal sealed record TypePair(string Name, Func<int, IMapDataset> Shuffled, bool HasReferences = false)
{
    public static readonly TypePair Ints = new(IntPair.Name, static count => Dataset(MapData<int, int>.Shuffled<IntPair>(count)));

    public static readonly TypePair Longs = new(LongPair.Name, static count => Dataset(MapData<long, long>.Shuffled<LongPair>(count)));

    public static readonly TypePair Guids = new(GuidPair.Name, static count => Dataset(MapData<Guid, Value16>.Shuffled<GuidPair>(count)));

    public static readonly TypePair Texts = new(TextPair.Name, static count => TextDataset(count), HasReferences: true);

    public static IReadOnlyList<TypePair> All => [Ints, Longs, Texts, Guids];

    /// <summary>Numbers that are counted up, and looked up in that order.</summary>
    public static IMapDataset SequentialInts(int count) => Dataset(MapData<int, int>.InOrder<SequentialIntPair>(count));

    private static MapDataset<TKey, TValue> Dataset<TKey, TValue>(MapData<TKey, TValue> data)
        where TKey : notnull =>
        new(data, static data =>
        [
            new MapBench<ShardedMapAdapter<TKey, TValue>, TKey, TValue>(data),
            new MapBench<ConcurrentDictionaryAdapter<TKey, TValue>, TKey, TValue>(data),
            new MapBench<NonBlockingAdapter<TKey, TValue>, TKey, TValue>(data),
            new MapBench<LockedDictionaryAdapter<MutualExclusion, TKey, TValue>, TKey, TValue>(data),
            new MapBench<LockedDictionaryAdapter<ReadersOrWriter, TKey, TValue>, TKey, TValue>(data),
            new MapBench<DictionaryAdapter<TKey, TValue>, TKey, TValue>(data),
        ]);

    private static MapDataset<string, object> TextDataset(int count) =>
        new(MapData<string, object>.Shuffled<TextPair>(count), static data =>
        [
            new MapBench<ShardedMapTextAdapter, string, object>(data),
            new MapBench<ConcurrentDictionaryTextAdapter, string, object>(data),
            new MapBench<NonBlockingTextAdapter, string, object>(data),
            new MapBench<DictionaryTextAdapter, string, object>(data),
        ]);
}

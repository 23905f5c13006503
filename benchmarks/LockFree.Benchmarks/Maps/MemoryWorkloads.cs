using LockFree.Benchmarks.Comparing;

namespace LockFree.Benchmarks.Maps;

/// <summary>What a map takes of the memory, and what it does to the garbage collector and to those who wait for it to grow.</summary>
internal static class MemoryWorkloads
{
    // In a table that doubles, the cost of an entry depends on where in the cycle the size lies: hence the average over one.
    private static readonly int[] SizesOfOneDoubling = [100_000, 119_000, 141_000, 168_000];

    private static readonly string[] Maps = [MapNames.Ours, MapNames.Framework, MapNames.NonBlocking, MapNames.Unsynchronized];

    public static IEnumerable<Workload> All(bool isQuick)
    {
        int large = isQuick ? 400_000 : 4_000_000;
        return TypePair.All.SelectMany(Sizes).Concat([LongestInsert(TypePair.Longs, large), FullCollection(TypePair.Longs, large)]);
    }

    private static IEnumerable<Workload> Sizes(TypePair types)
    {
        // Of a key and a value of 32 bytes together, there is less to be saved.
        double floor = types == TypePair.Guids ? 1 : 0.75;
        yield return new Workload(
            new Subject("bytes per entry", types.Name), "B", () => BytesPerEntry(types), Target.Times(MapNames.Framework, 1 / floor, 1 / 0.6))
        {
            Rounds = Rounds.One,
        };
        yield return new Workload(
            new Subject("bytes per update+remove+add", types.Name),
            "B",
            () => [.. Contenders(types.Shuffled(10_000), static bench => bench.BytesPerChange())],
            Target.AtMost(0, 0))
        {
            Rounds = Rounds.One,
        };
    }

    private static IReadOnlyList<Contender> BytesPerEntry(TypePair types)
    {
        IReadOnlyList<IMapBench>[] benches = [.. SizesOfOneDoubling.Select(size => types.Shuffled(size).Benches(Maps))];
        return [.. Maps.Select((map, index) => new Contender(map, () => benches.Average(ofSize => ofSize[index].BytesPerEntry())))];
    }

    private static Workload LongestInsert(TypePair types, int size) => new(
        new Subject("longest insert", types.Name, size),
        "ms",
        () =>
        [
            .. types.Shuffled(size).Benches(Maps).Select(static bench =>
                new Contender(bench.Name, bench.LongestInsert) { WarmUp = bench.WarmUpInsert, Tail = bench.InsertTail }),
        ],
        Target.AtMost(20, 1),
        Target.Times(MapNames.Framework, 50, null))
    {
        Rounds = Rounds.Few,
    };

    private static Workload FullCollection(TypePair types, int size) => new(
        new Subject("full collection", types.Name, size),
        "ms",
        () =>
        [
            .. Contenders(types.Shuffled(size), static bench => bench.FullCollection()),
            new Contender("no map", static () => FullCollections.Median(5)),
        ],
        Target.AtMost(2, 0.2))
    {
        Rounds = Rounds.One,
    };

    private static IEnumerable<Contender> Contenders(IMapDataset dataset, Func<IMapBench, double> measure) =>
        dataset.Benches(Maps).Select(bench => new Contender(bench.Name, () => measure(bench)));
}

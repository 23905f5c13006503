using LockFree.Benchmarks.Comparing;

namespace LockFree.Benchmarks.Maps;

/// <summary>What several threads do with one map, more of them than there are processors included.</summary>
internal static class ThreadWorkloads
{
    private const int Entries = 65_536;
    private const int MixEntries = 262_144;
    private const int Oversubscribed = 8;
    private const int HotKeyWritePercent = 75;

    private static readonly TypePair Types = TypePair.Longs;

    public static IEnumerable<Workload> All(bool isQuick)
    {
        int[] threadCounts = isQuick ? [2] : [1, 2, 4, Oversubscribed];
        var benches = new Lazy<IReadOnlyList<IMapBench>>(() => Types.Shuffled(Entries).Benches(
            MapNames.Ours, MapNames.Framework, MapNames.NonBlocking, MapNames.Locked, MapNames.ReaderWriterLocked));
        foreach (int threads in threadCounts)
        {
            foreach (int writePercent in (int[])[1, 10, 50])
                yield return ReadsAndWrites(benches, threads, writePercent);
        }
        yield return HotKey();
        foreach (OperationMix mix in (OperationMix[])[OperationMix.ReadHeavy, OperationMix.Exchange, OperationMix.RapidGrow])
            yield return Mix(mix);
    }

    private static Workload ReadsAndWrites(Lazy<IReadOnlyList<IMapBench>> benches, int threads, int writePercent) => new(
        new Subject($"{100 - writePercent}/{writePercent}", Types.Name, Entries, threads, writePercent),
        "ns",
        () => Contenders(benches.Value, bench => bench.ReadAndWrite(threads, writePercent)),
        Targets(threads, writePercent));

    private static IReadOnlyList<Target> Targets(int threads, int writePercent) => (threads, writePercent) switch
    {
        (2, 1) => BesideLocks(Target.Times(MapNames.Framework, 1.1, 1.5)),
        (2, 10) => BesideLocks(Target.Times(MapNames.Framework, 1.3, 1.9)),
        (2, 50) => BesideLocks(Target.Times(MapNames.Framework, 1.7, 2.3)),
        (Oversubscribed, 1) => [Target.Times(MapNames.Framework, 1, 1.3)],
        (Oversubscribed, 10) => [Target.Times(MapNames.Framework, 1, 1.6)],
        (Oversubscribed, 50) => [Target.Times(MapNames.Framework, 1, 2.0)],
        _ => [],
    };

    private static IReadOnlyList<Target> BesideLocks(Target framework) =>
        [framework, Target.Times(MapNames.Locked, 4, 7), Target.Times(MapNames.ReaderWriterLocked, 6, 10)];

    private static Workload HotKey() => new(
        new Subject("one hot key", Types.Name, Threads: Oversubscribed, WritePercent: HotKeyWritePercent),
        "ns",
        () => Contenders(
            Types.Shuffled(1).Benches(MapNames.Ours, MapNames.Framework, MapNames.NonBlocking, MapNames.Locked),
            static bench => bench.ReadAndWrite(Oversubscribed, HotKeyWritePercent)),
        Target.Times(MapNames.Framework, 1.5, null),
        Target.Times(MapNames.NonBlocking, null, 1));

    private static Workload Mix(OperationMix mix) => new(
        new Subject(mix.Name, Types.Name, MixEntries, Threads: 2),
        "ns",
        () => Contenders(
            Types.Shuffled(MixEntries).Benches(
                MapNames.Ours, MapNames.Framework, MapNames.NonBlocking, MapNames.Locked, MapNames.ReaderWriterLocked),
            bench => bench.Mix(2, mix)));

    private static IReadOnlyList<Contender> Contenders(IReadOnlyList<IMapBench> benches, Func<IMapBench, double> measure) =>
        [.. benches.Select(bench => new Contender(bench.Name, () => measure(bench)))];
}

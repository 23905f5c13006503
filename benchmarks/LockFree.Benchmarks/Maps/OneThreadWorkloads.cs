using LockFree.Benchmarks.Comparing;

namespace LockFree.Benchmarks.Maps;

/// <summary>What one thread does with a map, for small maps that stay in the cache, larger ones, and such as do not fit into it.</summary>
internal static class OneThreadWorkloads
{
    private const string Array = "array";
    private const int Small = 1_000;
    private const int Medium = 100_000;
    private const int Large = 4_000_000;

    public static IEnumerable<Workload> All(bool isQuick)
    {
        IReadOnlyList<TypePair> kinds = isQuick ? [TypePair.Ints, TypePair.Texts] : TypePair.All;
        int[] sizes = isQuick ? [Small, Medium] : [Small, Medium, Large];
        return sizes.SelectMany(size => kinds.SelectMany(types => Of(types, size))).Concat(Sequential());
    }

    private static IEnumerable<Workload> Of(TypePair types, int size)
    {
        var dataset = new Lazy<IMapDataset>(() => types.Shuffled(size));

        // Insertions come first, while no filled maps are alive that the collector would have to look at.
        yield return new Workload(
            new Subject("insert", types.Name, size),
            "ns",
            () => Contenders(Benches(dataset.Value), static bench => bench.Insert(), static bench => bench.WarmUpInsert()),
            Target.Times(MapNames.Framework, InsertFloor(types, size), BySize(size, 2, 3, 7)))
        {
            Rounds = size == Large ? Rounds.Few : Rounds.Many,
        };

        var benches = new Lazy<IReadOnlyList<IMapBench>>(() => Benches(dataset.Value));
        Workload Row(string operation, Func<IMapBench, double> measure, params IReadOnlyList<Target> targets) =>
            new(new Subject(operation, types.Name, size), "ns", () => Contenders(benches.Value, measure), targets);

        yield return new Workload(
            new Subject("hit", types.Name, size),
            "ns",
            () => [.. Contenders(benches.Value, static bench => bench.Hit()), new Contender(Array, dataset.Value.ArrayRead())],
            HitTargets(types, size));
        yield return Row(
            "miss", static bench => bench.Miss(), Target.Times(MapNames.Framework, BySize(size, 0.55, 1.3, 1.5), BySize(size, 1, 2.2, 2.2)));
        yield return Row(
            "update",
            static bench => bench.Update(),
            Target.Times(MapNames.Framework, 1.7, BySize(size, 3, 3, 5)),
            Target.Times(MapNames.NonBlocking, 1, null));
        yield return Row("remove+add", static bench => bench.RemoveAndAdd(), Target.Times(MapNames.Framework, 1.8, 3));
        yield return Row(
            "enumerate", static bench => bench.Enumerate(), Target.Times(MapNames.Framework, BySize(size, 0.8, 1.3, 5), BySize(size, 1.2, 2.5, 10)));
        yield return Row("Count", static bench => bench.Count(), Target.AtMost(50, null), Target.Times(MapNames.Framework, 30, null));
    }

    private static IEnumerable<Workload> Sequential()
    {
        var benches = new Lazy<IReadOnlyList<IMapBench>>(() => Benches(TypePair.SequentialInts(Medium)));
        yield return new Workload(
            new Subject("sequential hit", TypePair.Ints.Name, Medium),
            "ns",
            () => Contenders(benches.Value, static bench => bench.Hit()),
            Target.Times(MapNames.Framework, null, 0.8));
        yield return new Workload(
            new Subject("sequential update", TypePair.Ints.Name, Medium), "ns", () => Contenders(benches.Value, static bench => bench.Update()));
    }

    private static IReadOnlyList<IMapBench> Benches(IMapDataset dataset) =>
        dataset.Benches(MapNames.Ours, MapNames.Framework, MapNames.NonBlocking, MapNames.Unsynchronized);

    private static IReadOnlyList<Contender> Contenders(
        IReadOnlyList<IMapBench> benches, Func<IMapBench, double> measure, Action<IMapBench>? warmUp = null) =>
        [.. benches.Select(bench => new Contender(bench.Name, () => measure(bench)) { WarmUp = () => (warmUp ?? (it => measure(it)))(bench) })];

    private static IReadOnlyList<Target> HitTargets(TypePair types, int size)
    {
        double smallFloor = types.HasReferences ? 0.85 : 0.6;
        var framework = Target.Times(MapNames.Framework, BySize(size, smallFloor, 1.1, 1.5), BySize(size, 1, 1.5, 2.2));
        return size == Medium ? [framework, Target.Times(MapNames.NonBlocking, 1.3, null)] : [framework];
    }

    private static double InsertFloor(TypePair types, int size) => BySize(size, 1.3, 1.6, types.HasReferences ? 1.8 : 3);

    private static double BySize(int size, double small, double medium, double large) => size switch
    {
        Small => small,
        Medium => medium,
        _ => large,
    };
}

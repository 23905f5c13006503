using LockFree.Benchmarks.Comparing;

namespace LockFree.Benchmarks.Maps;

/// <summary>The rows about the map, with what they have to reach.</summary>
internal static class MapWorkloads
{
    private const string Framework = "CD";
    private const string NonBlocking = "NB";
    private const string Locked = "lock";
    private const int ThreadEntries = 65_536;

    public static IEnumerable<Workload> All(bool isQuick)
    {
        int[] sizes = isQuick ? [1_000, 100_000] : [1_000, 100_000, 4_000_000];
        foreach (int size in sizes)
        {
            List<Workload> rows =
            [
                .. OneThread("int-int", size, MapBenches.Numbers, smallHit: 0.6),
                .. OneThread("string-object", size, MapBenches.Texts, smallHit: 0.85),
            ];
            if (!isQuick)
            {
                rows.AddRange(OneThread("long-long", size, MapBenches.Longs, smallHit: 0.6));
                rows.AddRange(OneThread("guid-16B", size, MapBenches.Guids, smallHit: 0.6));
            }
            foreach (Workload row in rows)
                yield return row;
        }
        yield return Row("hit sequential int-int 100k", Shared(() => MapBenches.SequentialNumbers(100_000)), static bench => bench.Hit());
        foreach (Workload row in Threads(isQuick).Concat(Memory(isQuick)))
            yield return row;
    }

    private static IEnumerable<Workload> OneThread(string types, int size, Func<int, IReadOnlyList<IMapBench>> makeBenches, double smallHit)
    {
        Func<IReadOnlyList<IMapBench>> benches = Shared(() => makeBenches(size));
        string suffix = $"{types} {SizeName(size)}";
        yield return Row($"hit {suffix}", benches, static bench => bench.Hit(), HitFloors(size, smallHit));
        yield return Row($"miss {suffix}", benches, static bench => bench.Miss(), Floor.Times(Framework, BySize(size, 0.55, 1.3, 1.5)));
        yield return Row(
            $"update {suffix}", benches, static bench => bench.Update(), Floor.Times(Framework, 1.7), Floor.Times(NonBlocking, 1.0));
        yield return Row($"remove+add {suffix}", benches, static bench => bench.RemoveAndAdd(), Floor.Times(Framework, 1.8));
        yield return Row($"insert {suffix}", benches, static bench => bench.Insert(), Floor.Times(Framework, BySize(size, 1.3, 1.6, 1.8)));
        yield return Row($"enumerate {suffix}", benches, static bench => bench.Enumerate(), Floor.Times(Framework, BySize(size, 0.8, 1.3, 5)));
        yield return Row($"Count {suffix}", benches, static bench => bench.Count(), Floor.Times(Framework, 30), Floor.AtMost(50));
    }

    private static IEnumerable<Workload> Threads(bool isQuick)
    {
        Func<IReadOnlyList<IMapBench>> benches = Shared(() => MapBenches.Longs(ThreadEntries));
        foreach (int threads in (int[])(isQuick ? [2] : [2, 8]))
        {
            foreach ((int writes, double floor) in ((int, double)[])[(1, 1.1), (10, 1.3), (50, 1.7)])
            {
                yield return Row(
                    $"{threads} threads {100 - writes}/{writes} long-long 64k",
                    benches,
                    bench => bench.Mix(threads, writes),
                    threads == 2 ? [Floor.Times(Framework, floor), Floor.Times(Locked, 4)] : [Floor.Times(Framework, 1)]);
            }
        }
        yield return Row(
            "8 threads 25/75 one key", Shared(() => MapBenches.Longs(1)), static bench => bench.Mix(8, 75), Floor.Times(Framework, 1.5));
    }

    private static IEnumerable<Workload> Memory(bool isQuick)
    {
        // In a table that doubles, the cost of an entry depends on where in the cycle the size lies: hence the average over one.
        int[] sizes = [100_000, 119_000, 141_000, 168_000];
        (string Types, Func<int, IReadOnlyList<IMapBench>> Make, double Floor)[] kinds =
        [
            ("int-int", MapBenches.Numbers, 1 / 0.75),
            ("string-object", MapBenches.Texts, 1 / 0.75),
            ("long-long", MapBenches.Longs, 1 / 0.75),
            ("guid-16B", MapBenches.Guids, 1),
        ];
        foreach ((string types, Func<int, IReadOnlyList<IMapBench>> make, double floor) in kinds)
        {
            yield return new Workload(
                $"bytes per entry {types}", "B", () => Averages(sizes, make), [Floor.Times(Framework, floor)])
            { IsSingleShot = true };
            Func<IReadOnlyList<IMapBench>> benches = Shared(() => make(10_000));
            yield return Row($"bytes per update+remove+add {types}", benches, static bench => bench.BytesPerChange(), Floor.AtMost(0)) with { Unit = "B", IsSingleShot = true };
        }
        int longest = isQuick ? 400_000 : 4_000_000;
        yield return Row(
            $"longest insert long-long {SizeName(longest)}",
            Shared(() => MapBenches.Longs(longest)),
            static bench => bench.LongestInsert(),
            Floor.AtMost(20)) with
        { Unit = "ms", IsSingleShot = true };
    }

    private static IReadOnlyList<Contender> Averages(int[] sizes, Func<int, IReadOnlyList<IMapBench>> make)
    {
        IReadOnlyList<IMapBench>[] benches = [.. sizes.Select(make)];
        return
        [
            .. Enumerable.Range(0, benches[0].Count).Select(map =>
                new Contender(benches[0][map].Name, () => benches.Average(ofSize => ofSize[map].BytesPerEntry()))),
        ];
    }

    private static Workload Row(string name, Func<IReadOnlyList<IMapBench>> benches, Func<IMapBench, double> measure, params IReadOnlyList<Floor> floors) =>
        new(name, "ns", () => [.. benches().Select(bench => new Contender(bench.Name, () => measure(bench)))], floors);

    private static IReadOnlyList<Floor> HitFloors(int size, double small) => size == 100_000
        ? [Floor.Times(Framework, 1.1), Floor.Times(NonBlocking, 1.3)]
        : [Floor.Times(Framework, BySize(size, small, 1.1, 1.5))];

    /// <summary>The same maps for several rows, and made only when a row needs them.</summary>
    private static Func<IReadOnlyList<IMapBench>> Shared(Func<IReadOnlyList<IMapBench>> make)
    {
        var benches = new Lazy<IReadOnlyList<IMapBench>>(make);
        return () => benches.Value;
    }

    private static double BySize(int size, double small, double medium, double large) =>
        size <= 1_000 ? small : size <= 100_000 ? medium : large;

    private static string SizeName(int size) => size >= 1_000_000 ? $"{size / 1_000_000}M" : $"{size / 1_000}k";
}

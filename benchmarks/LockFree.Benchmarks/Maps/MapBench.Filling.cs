using System.Diagnostics;
using LockFree.Benchmarks.Comparing;

namespace LockFree.Benchmarks.Maps;

/// <content>What is measured on maps that are filled for it: time, pauses, memory, and what they cost the garbage collector.</content>
internal sealed partial class MapBench<TMap, TKey, TValue>
{
    private const int WarmUpEntries = 20_000;
    private const int InsertionsPerPhase = 800_000;
    private const int CollectionsPerFill = 5;

    private static readonly double[] Percentiles = [50, 90, 99, 99.9, 99.99, 99.999, 100];

    private readonly List<IReadOnlyList<double>> _tails = [];

    /// <remarks>
    /// Fills map after map, so that everybody pays for the garbage that is their own: the collections it takes to get rid of it fall into the phase.
    /// </remarks>
    public double Insert()
    {
        // The garbage of the one before must not be paid for here.
        GC.Collect();
        int maps = Math.Max(1, InsertionsPerPhase / data.Keys.Length);
        // The collection has given memory back to the operating system, that of large arrays rather than that of small objects. One map is filled to get it
        // again, unless a map is filled for so long that it makes no difference.
        if (maps > 1)
            _sink += Filled().Count;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < maps; i++)
            _sink += Filled().Count;
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / ((double)maps * data.Keys.Length);
    }

    public void WarmUpInsert() => _sink += Filled(Math.Min(WarmUpEntries, data.Keys.Length)).Count;

    public double BytesPerEntry()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        TMap map = Filled();
        long after = GC.GetTotalMemory(forceFullCollection: true);
        KeepAlive(map);
        return (after - before) / (double)data.Keys.Length;
    }

    public double BytesPerChange()
    {
        Update();
        RemoveAndAdd();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Update();
        RemoveAndAdd();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / ((double)_sliceLength * _passes);
    }

    public double LongestInsert()
    {
        TKey[] keys = data.Keys;
        TValue[] values = data.Values;
        var ticks = new long[keys.Length];
        GC.Collect();
        TMap map = TMap.Create();
        for (int i = 0; i < keys.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            map.TryAdd(keys[i], values[i]);
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }
        Array.Sort(ticks);
        _tails.Add([.. Percentiles.Select(percentile => Nanoseconds(ticks[(int)(percentile / 100 * (ticks.Length - 1))]))]);
        return Nanoseconds(ticks[^1]) / 1_000_000;
    }

    public IReadOnlyList<TailPoint> InsertTail() =>
        [.. Percentiles.Select((percentile, index) => new TailPoint(percentile, Spread.Of(_tails.Select(tail => tail[index])).Median))];

    public double FullCollection()
    {
        TMap map = Filled();
        double milliseconds = FullCollections.Median(CollectionsPerFill);
        KeepAlive(map);
        return milliseconds;
    }

    private static double Nanoseconds(long ticks) => ticks * (1_000_000_000.0 / Stopwatch.Frequency);

    private TMap Filled() => Filled(data.Keys.Length);

    private TMap Filled(int count)
    {
        TMap map = TMap.Create();
        ReadOnlySpan<TKey> keys = data.Keys.AsSpan(0, count);
        ReadOnlySpan<TValue> values = data.Values.AsSpan(0, count);
        for (int i = 0; i < keys.Length; i++)
            map.TryAdd(keys[i], values[i]);
        return map;
    }

    private void KeepAlive(TMap map) => _sink += map.Count;
}

using System.Diagnostics;
using LockFree.Benchmarks.Comparing;

namespace LockFree.Benchmarks.Maps;

/// <summary>What a full garbage collection costs with what is alive.</summary>
internal static class FullCollections
{
    /// <summary>Milliseconds of the median of some collections, after one that has tidied up.</summary>
    public static double Median(int count)
    {
        Collect();
        return Spread.Of(Enumerable.Range(0, count).Select(static _ => Collect())).Median;
    }

    private static double Collect()
    {
        long start = Stopwatch.GetTimestamp();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}

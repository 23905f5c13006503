using System.Diagnostics;
using System.Runtime.CompilerServices;
using LockFree.Benchmarks.Maps;

namespace LockFree.Benchmarks.Calls;

/// <summary>Measures single calls of a few nanoseconds, in a loop.</summary>
internal sealed class CallBench<TCall>(TCall call)
    where TCall : struct, ICall
{
    // A batch of the shortest calls has to take longer than what comes with every batch.
    private const int CallsPerBatch = 500_000;

    private int _sink;

    /// <summary>Nanoseconds per call, with its share of the loop around it.</summary>
    public double Time()
    {
        long start = Stopwatch.GetTimestamp();
        _sink += InvokeAll(call);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / CallsPerBatch;
    }

    /// <summary>Nanoseconds per call when several threads do nothing but call: what they take together, divided by all their calls.</summary>
    public double TimeOn(int threads) => Race.Run(threads, _ => InvokeAll(call)) / ((double)CallsPerBatch * threads);

    /// <summary>Bytes allocated per call.</summary>
    public double Allocation()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        _sink += InvokeAll(call);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)CallsPerBatch;
    }

    // Compiled in full at once: what the profile of its first turns makes of the loop would differ by more than what it measures.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int InvokeAll(TCall call)
    {
        int sum = 0;
        for (int i = 0; i < CallsPerBatch; i++)
            sum += call.Invoke(i);
        return sum;
    }
}

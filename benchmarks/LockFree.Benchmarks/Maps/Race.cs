using System.Diagnostics;

namespace LockFree.Benchmarks.Maps;

/// <summary>Threads that start together.</summary>
internal static class Race
{
    /// <summary>Runs the work once on each thread.</summary>
    /// <param name="threads">How many there are.</param>
    /// <param name="work">Gets the number of its thread.</param>
    /// <returns>Nanoseconds from when the first began to when the last had done.</returns>
    public static double Run(int threads, Action<int> work)
    {
        var starts = new long[threads];
        var ends = new long[threads];
        using var gate = new Barrier(threads);
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            gate.SignalAndWait();
            starts[thread] = Stopwatch.GetTimestamp();
            work(thread);
            ends[thread] = Stopwatch.GetTimestamp();
        }))];
        foreach (Thread worker in workers)
            worker.Start();
        foreach (Thread worker in workers)
            worker.Join();
        return Stopwatch.GetElapsedTime(starts.Min(), ends.Max()).TotalNanoseconds;
    }
}

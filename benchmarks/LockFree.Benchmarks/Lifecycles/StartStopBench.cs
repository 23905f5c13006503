using System.Diagnostics;

namespace LockFree.Benchmarks.Lifecycles;

/// <summary>Measures whole lives of a worker, one after the other.</summary>
internal sealed class StartStopBench(Func<Task> live)
{
    private const int LivesPerBatch = 500;

    /// <summary>Nanoseconds per life.</summary>
    public double Time()
    {
        long start = Stopwatch.GetTimestamp();
        LiveAsync().GetAwaiter().GetResult();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / LivesPerBatch;
    }

    private async Task LiveAsync()
    {
        for (int life = 0; life < LivesPerBatch; life++)
            await live().ConfigureAwait(false);
    }
}

using System.Diagnostics;

namespace LockFree.Benchmarks.Comparing;

/// <summary>Divides a time among rows that follow each other: what one takes too much, as on a busy machine, the ones after it have less.</summary>
internal sealed class TimeAllowance(TimeSpan total, int rows)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private int _rows = rows;

    /// <summary>What the next row may take; zero if nothing is left.</summary>
    public TimeSpan Next()
    {
        TimeSpan left = total - Stopwatch.GetElapsedTime(_start);
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left / Math.Max(1, _rows--);
    }
}

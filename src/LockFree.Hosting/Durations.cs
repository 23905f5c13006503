using System.Runtime.CompilerServices;

namespace LockFree.Hosting;

/// <summary>What timers take.</summary>
internal static class Durations
{
    public static TimeSpan Checked(TimeSpan value, [CallerMemberName] string? name = null)
    {
        const uint longestTimer = uint.MaxValue - 1;
        return value == Timeout.InfiniteTimeSpan || (value >= TimeSpan.Zero && value.TotalMilliseconds <= longestTimer)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Expected zero or more, at most 49 days, or infinite.");
    }
}

namespace LockFree.Tests.Shadow;

/// <summary>The scheduler of the current thread; without one the shadow build behaves like the real one.</summary>
internal static class Schedule
{
    [ThreadStatic]
    private static IScheduler? _current;

    public static void Enter(IScheduler scheduler) => _current = scheduler;

    public static void Leave() => _current = null;

    public static void Point() => _current?.Point();

    /// <summary>False without a scheduler, when the caller has to wait by itself.</summary>
    public static bool TryYield()
    {
        _current?.Yield();
        return _current is not null;
    }
}

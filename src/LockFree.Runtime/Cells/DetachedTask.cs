namespace LockFree;

/// <summary>Starts what belongs to no caller.</summary>
internal static class DetachedTask
{
    /// <summary>
    /// Runs <paramref name="work"/> on the thread pool without the caller's <see cref="AsyncLocal{T}"/> values: what lives longer than the
    /// caller, or serves others, too, must not carry its tenant or its trace along. Nobody awaits it: an exception is reported by
    /// <see cref="TaskScheduler.UnobservedTaskException"/>.
    /// </summary>
    public static void Start(Func<Task> work)
    {
        using AsyncFlowControl? suppression = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        _ = Task.Run(work);
    }
}

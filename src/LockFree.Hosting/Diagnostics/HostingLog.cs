using Microsoft.Extensions.Logging;

namespace LockFree.Hosting;

/// <summary>
/// The log events. Their ids and names are promised in docs/runtime/hosting.md: lifecycles from 1, the task tracker from 20, clients
/// from 40.
/// </summary>
internal static partial class HostingLog
{
    [LoggerMessage(1, LogLevel.Debug, "The lifecycle {Lifecycle} is starting.")]
    public static partial void LifecycleStarting(this ILogger logger, string lifecycle);

    [LoggerMessage(2, LogLevel.Information, "The lifecycle {Lifecycle} is ready after {Milliseconds:F0} ms.")]
    public static partial void LifecycleReady(this ILogger logger, string lifecycle, double milliseconds);

    [LoggerMessage(3, LogLevel.Debug, "The lifecycle {Lifecycle} is asked to stop.")]
    public static partial void LifecycleStopping(this ILogger logger, string lifecycle);

    [LoggerMessage(4, LogLevel.Information, "The lifecycle {Lifecycle} has stopped.")]
    public static partial void LifecycleStopped(this ILogger logger, string lifecycle);

    [LoggerMessage(5, LogLevel.Information, "The lifecycle {Lifecycle} has finished its work without being asked to stop.")]
    public static partial void LifecycleFinished(this ILogger logger, string lifecycle);

    [LoggerMessage(6, LogLevel.Warning, "The lifecycle {Lifecycle} did not stop in time and was abandoned; its worker may still be running.")]
    public static partial void LifecycleAbandoned(this ILogger logger, string lifecycle);

    [LoggerMessage(7, LogLevel.Error, "The worker of the lifecycle {Lifecycle} has failed.")]
    public static partial void LifecycleFaulted(this ILogger logger, Exception fault, string lifecycle);

    [LoggerMessage(8, LogLevel.Critical, "The host stops because the lifecycle {Lifecycle} has failed. To go on without it, set LifecycleOptions.FaultBehavior to Ignore.")]
    public static partial void LifecycleStopsHost(this ILogger logger, string lifecycle);

    [LoggerMessage(20, LogLevel.Information, "Waiting for the tracked tasks to end: {Tasks} left.")]
    public static partial void TaskTrackerDraining(this ILogger logger, int tasks);

    [LoggerMessage(21, LogLevel.Information, "All tracked tasks have ended, after {Milliseconds:F0} ms.")]
    public static partial void TaskTrackerDrained(this ILogger logger, double milliseconds);

    [LoggerMessage(22, LogLevel.Warning, "Tracked tasks did not end in time and were cancelled and abandoned: {Tasks} left.")]
    public static partial void TaskTrackerAbandoned(this ILogger logger, int tasks);

    [LoggerMessage(23, LogLevel.Error, "A tracked task has failed; this is the first failure of all.")]
    public static partial void TaskTrackerFaulted(this ILogger logger, Exception fault);

    [LoggerMessage(40, LogLevel.Information, "The clients of {Clients} are there after {Milliseconds:F0} ms.")]
    public static partial void ClientsInitialized(this ILogger logger, string clients, double milliseconds);
}

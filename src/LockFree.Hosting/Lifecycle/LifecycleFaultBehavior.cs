namespace LockFree.Hosting;

/// <summary>What a host does when the worker of a lifecycle ends with an exception.</summary>
public enum LifecycleFaultBehavior
{
    /// <summary>
    /// The host stops, and its <c>StopAsync</c>, and so <c>RunAsync</c>, throws the worker's exception when everything has been stopped:
    /// the process ends with an exit code that is not zero.
    /// </summary>
    StopHost,

    /// <summary>The fault is told in log and metrics, and the host goes on without the worker.</summary>
    Ignore,
}

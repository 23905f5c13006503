namespace LockFree;

/// <summary>Why a run of a <see cref="Lifecycle"/> is over.</summary>
public enum StopReason
{
    /// <summary>There has been no run.</summary>
    NeverStarted,

    /// <summary>The worker returned before anybody asked it to stop.</summary>
    Finished,

    /// <summary>The worker was asked to stop, and did.</summary>
    Cancelled,

    /// <summary>The worker ended with an exception, see <see cref="Lifecycle.Fault"/>.</summary>
    Faulted,

    /// <summary>
    /// The worker was asked to stop and did not within the grace period. It may still be running: .NET cannot abort it, and nobody
    /// waits for it any more.
    /// </summary>
    Abandoned,
}

namespace LockFree;

/// <summary>
/// Everything a <see cref="Lifecycle"/> knows at one moment, immutable, and replaced as a whole: a change that was meant for one run
/// fails when the current state is of another.
/// </summary>
internal sealed class LifecycleState
{
    private readonly TaskCompletionSource<LifecycleState> _successor = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The state before the first run.</summary>
    public LifecycleState()
        : this(null, LifecycleStatus.Stopped, StopReason.NeverStarted, null, becameReady: null, isDisposed: false)
    {
    }

    private LifecycleState(
        LifecycleRun? run, LifecycleStatus status, StopReason reason, Exception? fault, bool? becameReady, bool isDisposed)
    {
        Run = run;
        Status = status;
        Reason = reason;
        Fault = fault;
        BecameReady = becameReady;
        IsDisposed = isDisposed;
    }

    /// <summary>The current or last run; <see langword="null"/> before the first.</summary>
    public LifecycleRun? Run { get; }

    public LifecycleStatus Status { get; }

    /// <summary>Why the run is over; <see cref="StopReason.NeverStarted"/> while it is not.</summary>
    public StopReason Reason { get; }

    /// <summary>What the run ended with, if it did so with an exception.</summary>
    public Exception? Fault { get; }

    /// <summary>
    /// Whether the run became ready before it was asked to stop; <see langword="null"/> while neither has happened. Decided by the state,
    /// so that whoever comes to <see cref="LifecycleRun.Ready"/> first, however late after its own arrow, says the same.
    /// </summary>
    public bool? BecameReady { get; }

    /// <summary>Whether this run, if any, is the last.</summary>
    public bool IsDisposed { get; }

    /// <summary>Whether the run is not over.</summary>
    public bool IsActive => Status is LifecycleStatus.Starting or LifecycleStatus.Running or LifecycleStatus.Stopping;

    /// <summary>Whether no state will follow.</summary>
    public bool IsFinal => IsDisposed && !IsActive;

    /// <summary>
    /// The state that comes next. Walking from state to state shows every one of them, so a wait for a status misses none, however soon
    /// it is over.
    /// </summary>
    public Task<LifecycleState> Successor => _successor.Task;

    public LifecycleState Started(LifecycleRun run) => new(run, LifecycleStatus.Starting, StopReason.NeverStarted, null, null, IsDisposed);

    /// <summary>The run is ready, or has been asked to stop.</summary>
    public LifecycleState Moved(LifecycleStatus status) =>
        new(Run, status, StopReason.NeverStarted, null, BecameReady ?? status == LifecycleStatus.Running, IsDisposed);

    /// <summary>The worker has ended, with <paramref name="exception"/> or by returning.</summary>
    public LifecycleState Ended(Exception? exception)
    {
        // To be cancelled is the way to end after a stop; a cancellation that nobody asked for is a fault like any other.
        var isStopping = Status == LifecycleStatus.Stopping;
        if (exception is not null && !(isStopping && exception is OperationCanceledException))
            return new LifecycleState(Run, LifecycleStatus.Faulted, StopReason.Faulted, exception, BecameReady, IsDisposed);

        return Stopped(isStopping ? StopReason.Cancelled : StopReason.Finished);
    }

    public LifecycleState Stopped(StopReason reason) => new(Run, LifecycleStatus.Stopped, reason, null, BecameReady, IsDisposed);

    public LifecycleState Disposed() => new(Run, Status, Reason, Fault, BecameReady, isDisposed: true);

    /// <summary>Makes <paramref name="next"/> the current state, if this one is, and wakes those who wait for a change.</summary>
    public bool TryReplace(ref LifecycleState current, LifecycleState next)
    {
        // Full fence: whoever reads the new state sees the run it belongs to.
        if (!ReferenceEquals(Interlocked.CompareExchange(ref current, next, this), this))
            return false;

        _successor.SetResult(next);
        return true;
    }
}

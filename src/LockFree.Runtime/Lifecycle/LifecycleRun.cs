namespace LockFree;

/// <summary>One run of a <see cref="Lifecycle"/>: its identity, and the promises made to those who wait for it. Each is kept once.</summary>
internal sealed class LifecycleRun
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ready;
    private readonly TaskCompletionSource<StopReason> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="ready">To be completed by this run; made by others because somebody may wait for the first run before it exists.</param>
    public LifecycleRun(TaskCompletionSource ready) => _ready = ready;

    public CancellationToken Stopping => _stopping.Token;

    public Task Ready => _ready.Task;

    public Task<StopReason> Completion => _completion.Task;

    /// <summary>What the run ended with, once <see cref="Completion"/> has completed; the lifecycle itself may have gone on to the next.</summary>
    public Exception? Fault { get; private set; }

    public void SetReady() => _ready.TrySetResult();

    /// <summary>
    /// Cancels <see cref="Stopping"/>: on return it is cancelled; its callbacks, user code, run on the pool. One that throws is reported
    /// by <see cref="TaskScheduler.UnobservedTaskException"/>.
    /// </summary>
    /// <param name="becameReady">Whether the run was ready before; then whoever made it so may not have come to say it yet.</param>
    public void Stop(bool becameReady)
    {
        SettleReady(becameReady);
        _ = _stopping.CancelAsync();
    }

    /// <param name="ended">The state that the end of the run, or its abandonment, has led to.</param>
    public void Complete(LifecycleState ended)
    {
        if (ended.BecameReady is { } wasReady)
            SettleReady(wasReady);
        else if (ended.Fault is null)
            _ready.TrySetResult();
        else if (_ready.TrySetException(ended.Fault))
            _ = _ready.Task.Exception; // Observed: it is kept in Lifecycle.Fault, whether anybody waited for Ready or not.

        Fault = ended.Fault;
        _completion.TrySetResult(ended.Reason);
    }

    private void SettleReady(bool becameReady)
    {
        // A run that is asked to stop before it is ready never becomes ready.
        if (becameReady)
            _ready.TrySetResult();
        else
            _ready.TrySetCanceled(Stopping);
    }
}

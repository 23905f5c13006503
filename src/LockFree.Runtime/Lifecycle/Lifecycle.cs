using System.Runtime.CompilerServices;

namespace LockFree;

//            StartAsync, TryStart            NotifyReady
//   Stopped ----------------------> Starting ----------> Running
//   Faulted                            |  \                |  \
//      ^                               |   \ stop          |   \ worker returns: Stopped (Finished)
//      |                               |    \              |    \       throws:  Faulted
//      |     worker returns: Stopped (Finished)  \   stop  |
//      |            throws:  Faulted      \       v        v
//      |                                   \      Stopping
//      |                                    \        |  worker returns or is cancelled: Stopped (Cancelled)
//      |                                     \       |         throws:                  Faulted
//      +--------------------------------------+------+  grace period over:              Stopped (Abandoned)
//
// Invariants
//   1. _state is the only mutable field. Every arrow is one compare-and-swap from a state that was looked at, so of two arrows that
//      race one is taken and the other looks again.
//   2. An arrow that belongs to a run (ready, stop, end, abandon) names it, and is taken only while the state is of that run. What comes
//      late, from a worker abandoned long ago for instance, finds another run, or none that is active, and does nothing.
//   3. Whoever takes an arrow keeps the promises that go with it, after the swap: Ready, Completion, Stopping, the successor of the state
//      that was replaced. So whoever hears of the end of a run finds the lifecycle ready to be started again.
//   4. Whether a run became ready before it was asked to stop is part of the state. A promise may be kept by whoever takes a later arrow
//      before the one who owes it comes to it, and both say the same.
//   5. No lock, no polling, no user code inside a transition.

/// <summary>
/// Runs a long-lived worker that can be started, says when it is ready, is stopped with a grace period, and can be started again.
/// </summary>
/// <remarks>
/// <para>All members may be called from any thread at any time, from within the worker too. Nothing polls, nothing blocks a thread, and no
/// lock is held while a worker or a callback runs.</para>
/// <para>Each member costs one read or one compare-and-swap, which is tried again when another change of state comes in between. A run
/// allocates a handful of small objects, and leaves nothing behind but its last state.</para>
/// <para>The worker starts on the thread pool, with the execution context of whoever starts it, and is always called, also when a stop has
/// overtaken the start: then it finds <see cref="LifecycleContext.Stopping"/> cancelled.</para>
/// <para>Neither a worker nor what it has started can wait for its own end: <see cref="StopAsync()"/> throws there, and
/// <see cref="DisposeAsync"/> does not wait. To await <see cref="Completion"/> there is not noticed, and never ends.</para>
/// </remarks>
public sealed class Lifecycle : IAsyncDisposable
{
    // The worker that the current flow of control belongs to.
    private static readonly AsyncLocal<LifecycleContext?> Ambient = new();

    // Whose worker waits for the ends of this one's runs, if any does.
    private readonly Lifecycle? _owner;

    // Belongs to the first run, and exists before it, so that Ready can be awaited before the start.
    private readonly TaskCompletionSource _firstReady = NewReady();
    private readonly TimeSpan _gracePeriod = TimeSpan.FromSeconds(30);
    private LifecycleState _state = new();

    /// <summary>Creates a lifecycle that runs on the system's clock.</summary>
    public Lifecycle()
        : this(TimeProvider.System)
    {
    }

    /// <summary>Creates a lifecycle.</summary>
    /// <param name="timeProvider">The clock of grace periods, and of the worker.</param>
    public Lifecycle(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        TimeProvider = timeProvider;
    }

    /// <summary>Creates the lifecycle of a member of a group.</summary>
    /// <param name="owner">The group's own: its worker waits for the ends of this one's runs.</param>
    internal Lifecycle(Lifecycle owner)
        : this(owner.TimeProvider) => _owner = owner;

    /// <summary>The clock of grace periods, and of the worker.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>The grace period of a stop that names none; 30 seconds unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Negative and not <see cref="Timeout.InfiniteTimeSpan"/>, or longer than timers can be.
    /// </exception>
    public TimeSpan GracePeriod
    {
        get => _gracePeriod;
        init
        {
            ThrowIfNoDuration(value);
            _gracePeriod = value;
        }
    }

    /// <summary>Where the current or last run stands, at the moment of asking. To wait, see <see cref="WaitForStatusAsync"/>.</summary>
    public LifecycleStatus Status => Current.Status;

    /// <summary>What the last run ended with, when <see cref="Status"/> is <see cref="LifecycleStatus.Faulted"/>.</summary>
    public Exception? Fault => Current.Fault;

    /// <summary>
    /// Completes when the current or last run (before the first: the first) has said that it is ready, or has returned without ever
    /// saying so.
    /// </summary>
    /// <remarks>
    /// Fails with the worker's exception when it threw before; is cancelled when the run was asked to stop before. An exception that
    /// nobody looks at here is not reported as unobserved: <see cref="Fault"/> keeps it.
    /// </remarks>
    public Task Ready => (Current.Run?.Ready) ?? _firstReady.Task;

    /// <summary>
    /// Completes, never with an exception, when the current or last run is over; completed with <see cref="StopReason.NeverStarted"/>
    /// before the first.
    /// </summary>
    /// <remarks>When it completes, the lifecycle can be started again.</remarks>
    public Task<StopReason> Completion => Current.Run?.Completion ?? Task.FromResult(StopReason.NeverStarted);

    // Acquire: a run is complete before the state that brings it.
    private LifecycleState Current => Volatile.Read(ref _state);

    /// <summary>Starts a run, and waits until it is ready.</summary>
    /// <remarks>
    /// The status is <see cref="LifecycleStatus.Starting"/> when the call returns its task. The task completes like <see cref="Ready"/>;
    /// a worker that runs on without ever calling <see cref="LifecycleContext.NotifyReady"/> keeps it waiting. To start without
    /// waiting, see <see cref="TryStart"/>.
    /// </remarks>
    /// <param name="worker">
    /// The work; returns when it is done or, soon after <see cref="LifecycleContext.Stopping"/> has been cancelled, when it has cleaned
    /// up.
    /// </param>
    /// <param name="cancellationToken">Cancels the start: the run is asked to stop, and the caller does not wait for that.</param>
    /// <exception cref="InvalidOperationException">There is a run that is not over.</exception>
    /// <exception cref="OperationCanceledException">The start was cancelled, or the run was asked to stop before it was ready.</exception>
    /// <exception cref="ObjectDisposedException">The lifecycle has been disposed.</exception>
    public Task StartAsync(Func<LifecycleContext, Task> worker, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(worker);
        return StartAndWaitAsync(worker, cancellationToken);
    }

    /// <summary>Starts a run unless there is one that is not over; does not wait for it to be ready.</summary>
    /// <param name="worker">The work, see <see cref="StartAsync"/>.</param>
    /// <returns>Whether this call has started a run. Of several racing calls one does.</returns>
    /// <exception cref="ObjectDisposedException">The lifecycle has been disposed.</exception>
    public bool TryStart(Func<LifecycleContext, Task> worker)
    {
        ArgumentNullException.ThrowIfNull(worker);
        return TryBegin(worker) is not null;
    }

    /// <summary>Waits until the lifecycle has the given status, now or at any moment after the call, however short.</summary>
    /// <param name="status">The status.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ObjectDisposedException">The lifecycle is disposed, and will not have that status any more.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async Task WaitForStatusAsync(LifecycleStatus status, CancellationToken cancellationToken = default)
    {
        var state = Current;
        while (state.Status != status)
        {
            ObjectDisposedException.ThrowIf(state.IsFinal, this);
            state = await state.Successor.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Asks the current run to stop; does not wait. On return <see cref="LifecycleContext.Stopping"/> is cancelled, also when another call
    /// was the first to ask. Without a run that is active, nothing happens.
    /// </summary>
    public void RequestStop()
    {
        if (Current.Run is { } run)
            RequestStop(run);
    }

    /// <summary>Asks the current run to stop, and waits until it is over, at most for <see cref="GracePeriod"/>.</summary>
    /// <inheritdoc cref="StopAsync(TimeSpan, CancellationToken)"/>
    public Task<StopReason> StopAsync() => StopAsync(GracePeriod);

    /// <summary>
    /// Asks the current run to stop, and waits until it is over: until the worker has ended, or the grace period has, after which the run
    /// is <see cref="StopReason.Abandoned"/>.
    /// </summary>
    /// <remarks>
    /// The stop is asked for before anything else happens, also when <paramref name="cancellationToken"/> is cancelled already. Several
    /// calls may overlap: all return the same reason, and the shortest grace period counts. A run that begins after the call is not
    /// touched. A worker that was abandoned can no longer change anything here, and an exception it still throws is dropped.
    /// </remarks>
    /// <param name="gracePeriod">
    /// How long the worker may take, or <see cref="Timeout.InfiniteTimeSpan"/>. It counts on when the caller has left.
    /// </param>
    /// <param name="cancellationToken">Lets the caller leave; the stop goes on.</param>
    /// <returns>Why the run is over; for a lifecycle that is stopped already, why its last run was.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The grace period is negative, or longer than timers can be.</exception>
    /// <exception cref="InvalidOperationException">
    /// The call comes from the worker itself, or from something that the worker has started, and would wait for its own end. The stop has
    /// been asked for all the same.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller has left.</exception>
    public Task<StopReason> StopAsync(TimeSpan gracePeriod, CancellationToken cancellationToken = default)
    {
        ThrowIfNoDuration(gracePeriod);
        return EndAsync();

        async Task<StopReason> EndAsync()
        {
            var run = await EndRunAsync(gracePeriod, cancellationToken).ConfigureAwait(false);
            return run is null ? StopReason.NeverStarted : await run.Completion.ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Lets no further run begin, stops the current one with <see cref="GracePeriod"/>, and waits for that, unless the call comes from the
    /// worker itself. Further calls do the same.
    /// </summary>
    /// <remarks>
    /// A start that races with the disposal is refused, or its run is over when the disposal is done. Never throws what a worker has thrown:
    /// see <see cref="Fault"/>. <see cref="StopAsync()"/>, <see cref="Completion"/> and <see cref="Status"/> go on to answer.
    /// </remarks>
    public async ValueTask DisposeAsync()
    {
        LifecycleState state;
        do
        {
            state = Current;
        }
        while (!state.IsDisposed && !state.TryReplace(ref _state, state.Disposed()));

        if (state.Run is not { } run)
        {
            if (_firstReady.TrySetException(new ObjectDisposedException(nameof(Lifecycle))))
                _ = _firstReady.Task.Exception; // Observed: nobody need be waiting.
        }
        else if (IsInside)
        {
            RequestStop(run);
        }
        else
        {
            await StopAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Whether the caller belongs to a worker whose end the current run waits for, its own or that of a member: to wait for the run would
    /// be to wait for itself.
    /// </summary>
    internal bool IsInside =>
        Ambient.Value is { } caller &&
        caller.IsActive &&
        (ReferenceEquals(caller.Lifecycle, this) || ReferenceEquals(caller.Lifecycle._owner, this));

    /// <summary>Whether the run is the current one and not over.</summary>
    internal bool IsActive(LifecycleRun run) => Current is { IsActive: true } state && ReferenceEquals(state.Run, run);

    /// <summary>Starts a run, unless there is one that is not over: then the result is <see langword="null"/>.</summary>
    /// <exception cref="ObjectDisposedException">The lifecycle has been disposed.</exception>
    internal LifecycleRun? TryBegin(Func<LifecycleContext, Task> worker)
    {
        while (true)
        {
            var state = Current;
            ObjectDisposedException.ThrowIf(state.IsDisposed, this);
            if (state.IsActive)
                return null;

            var run = new LifecycleRun(state.Run is null ? _firstReady : NewReady());
            if (!state.TryReplace(ref _state, state.Started(run)))
                continue;

            _ = Task.Run(() => RunAsync(run, worker));
            return run;
        }
    }

    /// <summary>Asks the current run to stop and waits for its end; see <see cref="StopAsync(TimeSpan, CancellationToken)"/>.</summary>
    /// <returns>The run, which is over; <see langword="null"/> when there has been none.</returns>
    internal async Task<LifecycleRun?> EndRunAsync(TimeSpan gracePeriod, CancellationToken cancellationToken = default)
    {
        var state = Current;
        if (state.Run is not { } run)
            return null;

        if (state.IsActive)
        {
            RequestStop(run);
            if (IsInside)
                throw new InvalidOperationException("A worker cannot wait for its own end. The stop has been asked for: return from the worker.");

            _ = AbandonAfterAsync(run, gracePeriod);
        }

        await run.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
        return run;
    }

    internal bool NotifyReady(LifecycleRun run)
    {
        var ready = Move(run, static state => state.Status == LifecycleStatus.Starting ? state.Moved(LifecycleStatus.Running) : null);
        if (ready is null)
            return false;

        run.SetReady();
        return true;
    }

    internal void RequestStop(LifecycleRun run)
    {
        var stopping = Move(run, static state =>
            state.Status is LifecycleStatus.Starting or LifecycleStatus.Running ? state.Moved(LifecycleStatus.Stopping) : null);

        // Who asked first may not have come to cancel the token yet; whoever asks finds it cancelled.
        stopping ??= Current is { Status: LifecycleStatus.Stopping } state && ReferenceEquals(state.Run, run) ? state : null;
        if (stopping is not null)
            run.Stop(stopping.BecameReady == true);
    }

    internal static void ThrowIfNoDuration(TimeSpan duration, [CallerArgumentExpression(nameof(duration))] string? name = null)
    {
        const uint longestTimer = uint.MaxValue - 1;
        if (duration != Timeout.InfiniteTimeSpan && (duration < TimeSpan.Zero || duration.TotalMilliseconds > longestTimer))
            throw new ArgumentOutOfRangeException(name, duration, "Expected zero or more, at most 49 days, or infinite.");
    }

    private static TaskCompletionSource NewReady() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task StartAndWaitAsync(Func<LifecycleContext, Task> worker, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var run = TryBegin(worker) ?? throw new InvalidOperationException(
            $"The lifecycle has a run that is not over; it is {Status}. Stop it first, or ask with {nameof(TryStart)}.");
        try
        {
            await run.Ready.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            RequestStop(run);
            throw;
        }
    }

    private async Task RunAsync(LifecycleRun run, Func<LifecycleContext, Task> worker)
    {
        var context = new LifecycleContext(this, run);
        Ambient.Value = context;
        Exception? fault = null;
        try
        {
            Task work = worker(context) ?? throw new InvalidOperationException("The worker returned null instead of a task.");
            await work.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Also of a run that has been abandoned: caught here, it is never unobserved.
            fault = exception;
        }

        if (Move(run, state => state.IsActive ? state.Ended(fault) : null) is { } ended)
            run.Complete(ended);
    }

    private async Task AbandonAfterAsync(LifecycleRun run, TimeSpan gracePeriod)
    {
        if (gracePeriod == Timeout.InfiniteTimeSpan)
            return;

        // The timer belongs to the run, not to the call that asked for it, and lives as long as the run.
        using (TimeProvider.CreateTimer(_ => Abandon(run), null, gracePeriod, Timeout.InfiniteTimeSpan))
            await run.Completion.ConfigureAwait(false);
    }

    private void Abandon(LifecycleRun run)
    {
        var abandoned = Move(run, static state => state.Status == LifecycleStatus.Stopping ? state.Stopped(StopReason.Abandoned) : null);
        if (abandoned is not null)
            run.Complete(abandoned);
    }

    /// <summary>Takes an arrow of the diagram that belongs to <paramref name="run"/>.</summary>
    /// <param name="run">The run; when it is not the current one, nothing happens.</param>
    /// <param name="arrow">From the state it leads away from to the one it leads to; <see langword="null"/> where there is no such arrow.</param>
    /// <returns>The new state, or <see langword="null"/> when the arrow was not taken.</returns>
    private LifecycleState? Move(LifecycleRun run, Func<LifecycleState, LifecycleState?> arrow)
    {
        while (true)
        {
            var state = Current;
            if (!ReferenceEquals(state.Run, run) || arrow(state) is not { } next)
                return null;

            if (state.TryReplace(ref _state, next))
                return next;
        }
    }
}

namespace LockFree;

/// <summary>
/// Knows the tasks that were started through it, so that they can be waited for at shutdown: refuse new ones, cancel those that run, wait
/// until none is left.
/// </summary>
/// <remarks>
/// <para>All members may be called from any thread at any time. A task that has ended leaves nothing behind. Work starts on the thread pool,
/// with the execution context of whoever starts it, never inside the call that starts it. To start a task costs one compare-and-swap, tried
/// again when another task starts or ends in between; to end it, one interlocked addition; every other member, one operation.</para>
/// <para>The counterpart of tokio-util's <c>TaskTracker</c>, except that a closed tracker refuses work: closed and the number of tasks share
/// one word here as there.</para>
/// </remarks>
public sealed class TaskTracker : IAsyncDisposable
{
    private const long ClosedBit = 1;
    private const long OneTask = 2;

    // The task that the current flow of control belongs to.
    private static readonly AsyncLocal<TrackedTask?> Ambient = new();

    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Closed and the number of tasks in one word: no task can slip in between the last one's end and the close, or the other way round.
    // Once it is exactly ClosedBit it stays so, because nothing is added to a closed tracker: _drained is completed once.
    private long _state;
    private Exception? _firstFault;

    /// <summary>Whether the first fault of a task cancels all the others, see <see cref="Cancel"/>. It does not close the tracker.</summary>
    public bool CancelOnFault { get; init; }

    /// <summary>The token given to every task.</summary>
    public CancellationToken CancellationToken => _cancellation.Token;

    /// <summary>How many tasks have been started and have not ended, at the moment of asking.</summary>
    public int Count => (int)(Volatile.Read(ref _state) / OneTask);

    /// <summary>Whether the tracker refuses new work.</summary>
    public bool IsClosed => (Volatile.Read(ref _state) & ClosedBit) != 0;

    /// <summary>
    /// The first exception a task ended with, or <see langword="null"/>. A cancellation counts only if the tracker had not been cancelled.
    /// </summary>
    public Exception? FirstFault => Volatile.Read(ref _firstFault);

    private bool IsInside
    {
        get
        {
            for (TrackedTask? task = Ambient.Value; task is not null; task = task.Outer)
            {
                if (!task.HasEnded && ReferenceEquals(task.Tracker, this))
                    return true;
            }

            return false;
        }
    }

    /// <summary>Starts a task, unless the tracker is closed.</summary>
    /// <param name="work">The work. Its exceptions go to <see cref="FirstFault"/>, and nowhere else.</param>
    /// <returns>
    /// <see langword="false"/> when the tracker is closed: the work has not been and will not be called. <see langword="true"/>: it will
    /// be, and <see cref="WaitAsync"/> waits for it. There is no third case, however close the race with <see cref="Close"/>.
    /// </returns>
    public bool TryRun(Func<CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        long state;
        do
        {
            state = Volatile.Read(ref _state);
            if ((state & ClosedBit) != 0)
                return false;
        }
        while (Interlocked.CompareExchange(ref _state, state + OneTask, state) != state);

        _ = Task.Run(() => RunAsync(work));
        return true;
    }

    /// <summary>Refuses new work from now on. Tasks that run are not touched.</summary>
    public void Close()
    {
        if (Interlocked.Or(ref _state, ClosedBit) == 0)
            _drained.TrySetResult();
    }

    /// <summary>
    /// Cancels the token of all tasks, those to come included. On return it is cancelled; callbacks on it follow on the thread pool, and what
    /// they throw goes to <see cref="TaskScheduler.UnobservedTaskException"/>.
    /// </summary>
    public void Cancel() => _ = _cancellation.CancelAsync();

    /// <summary>
    /// Waits until the tracker is closed and no task is left. It does not close the tracker, and does not throw what tasks have thrown:
    /// see <see cref="FirstFault"/>.
    /// </summary>
    /// <param name="cancellationToken">Lets the caller leave.</param>
    /// <exception cref="InvalidOperationException">
    /// The call comes from a task of the tracker, or from something that the task has started, and would wait for its own end.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller has left.</exception>
    public Task WaitAsync(CancellationToken cancellationToken = default) =>
        IsInside
            ? Task.FromException(new InvalidOperationException("A task cannot wait for its own end: return from the task instead."))
            : _drained.Task.WaitAsync(cancellationToken);

    /// <summary>Closes the tracker, cancels its tasks, and waits for them, unless the call comes from one of them.</summary>
    /// <remarks>It does not throw what tasks have thrown: see <see cref="FirstFault"/>. Further calls do the same.</remarks>
    public async ValueTask DisposeAsync()
    {
        Close();
        Cancel();
        if (!IsInside)
            await _drained.Task.ConfigureAwait(false);
    }

    private async Task RunAsync(Func<CancellationToken, Task> work)
    {
        var task = new TrackedTask(this, Ambient.Value);
        Ambient.Value = task;
        try
        {
            await work(CancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            // The way to end that was asked for.
        }
        catch (Exception fault)
        {
            if (Interlocked.CompareExchange(ref _firstFault, fault, null) is null && CancelOnFault)
                Cancel();
        }

        task.HasEnded = true;

        // Last: whoever has seen the tracker drained has seen the fault too.
        if (Interlocked.Add(ref _state, -OneTask) == ClosedBit)
            _drained.TrySetResult();
    }

    private sealed class TrackedTask
    {
        private volatile bool _hasEnded;
        private volatile TrackedTask? _outer;

        public TrackedTask(TaskTracker tracker, TrackedTask? outer)
        {
            Tracker = tracker;
            _outer = outer;

            // Tasks that start one another without end must not grow a chain without end.
            for (TrackedTask? task = this; task is not null; task = task.Outer)
            {
            }
        }

        public TaskTracker Tracker { get; }

        /// <summary>The nearest of the tasks it was started in, of this tracker or of another, that has not ended; the others are let go.</summary>
        public TrackedTask? Outer
        {
            get
            {
                TrackedTask? outer = _outer;
                while (outer is { HasEnded: true })
                    _outer = outer = outer._outer;
                return outer;
            }
        }

        // What a task has started may outlive it, and then waits for others only.
        public bool HasEnded
        {
            get => _hasEnded;
            set => _hasEnded = value;
        }
    }
}

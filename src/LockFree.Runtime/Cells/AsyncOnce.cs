using System.Diagnostics.CodeAnalysis;

namespace LockFree;

/// <summary>
/// A value that is made asynchronously, once, by whoever asks first: single flight for everyone who asks meanwhile, a plain read for
/// everyone who asks later.
/// </summary>
/// <remarks>
/// <para>The promises, all of them under concurrency:</para>
/// <list type="bullet">
/// <item>At most one initialiser runs at a time, and none runs once there is a value.</item>
/// <item>The run belongs to no caller. It starts on the thread pool, sees none of the first caller's <see cref="AsyncLocal{T}"/> values
/// or synchronisation context, and a caller that leaves (its token is cancelled) harms no other.</item>
/// <item>When the last waiter has left, the token given to the initialiser is cancelled. Whoever comes after that does not join the
/// cancelled run: it waits until the run has ended, takes its value should it have succeeded all the same, and else starts anew.</item>
/// <item>A fault reaches every waiter present and is not kept: the next caller tries again.</item>
/// <item>An initialiser that comes back for the value it is making gets an <see cref="InvalidOperationException"/> instead of waiting
/// for itself for ever; so do initialisers of several instances that wait for one another in a circle. Whatever an initialiser starts
/// and leaves running counts as part of it until it has ended, unless started under
/// <see cref="ExecutionContext.SuppressFlow"/>.</item>
/// </list>
/// <para>No user code runs under a lock. Once the value is there, <see cref="TryGet"/> and <c>GetAsync</c> take no lock and allocate
/// nothing.</para>
/// </remarks>
/// <typeparam name="T">The type of the value; any type, <see langword="null"/> is a value like any other.</typeparam>
public sealed class AsyncOnce<T>
{
    // States, as the pair (_published, _run); both are written under _gate only.
    //
    //   (none, none) --GetAsync--> (none, open run) --success--> (value, none) --Reset--> (none, none)
    //                                    |    \--fault--> (none, none)
    //                                    | last waiter leaves, Reset, TrySet or Abort
    //                                    v
    //                              (…, closed run): nobody joins it; a new run starts only after it has ended.
    private readonly object _gate = new();
    private Published? _published;
    private Run? _run;

    /// <summary>Whether an initialiser is running now.</summary>
    internal bool IsRunning
    {
        get
        {
            lock (_gate)
                return _run is not null;
        }
    }

    /// <inheritdoc cref="GetAsync(Func{CancellationToken, ValueTask{T}}, CancellationToken)"/>
    public ValueTask<T> GetAsync(Func<CancellationToken, ValueTask<T>> init) => GetAsync(init, CancellationToken.None);

    /// <summary>Returns the value, running <paramref name="init"/> if there is none and no run is under way.</summary>
    /// <param name="init">
    /// Makes the value. It is called on the thread pool, with a token that is cancelled when nobody waits for the result any more.
    /// A caller that joins a run which is under way has its own delegate ignored.
    /// </param>
    /// <param name="cancellationToken">Lets this caller leave. It is not looked at when the value is there already.</param>
    /// <returns>The value. The task completes synchronously, without allocation, when the value is there already.</returns>
    /// <exception cref="InvalidOperationException">The call comes from the very run it would have to wait for.</exception>
    /// <exception cref="OperationCanceledException">This caller's token was cancelled, or the initialiser gave up.</exception>
    public ValueTask<T> GetAsync(Func<CancellationToken, ValueTask<T>> init, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(init);
        return GetAsync(static (init, token) => init(token), init, cancellationToken);
    }

    /// <summary>
    /// Returns the value, running <paramref name="init"/> if there is none and no run is under way; <paramref name="arg"/> saves the
    /// closure that would be allocated on every call.
    /// </summary>
    /// <inheritdoc cref="GetAsync(Func{CancellationToken, ValueTask{T}}, CancellationToken)"/>
    /// <typeparam name="TArg">The type of <paramref name="arg"/>.</typeparam>
    /// <param name="init">Makes the value from <paramref name="arg"/>.</param>
    /// <param name="arg">Passed to <paramref name="init"/>.</param>
    /// <param name="cancellationToken">Lets this caller leave.</param>
    public ValueTask<T> GetAsync<TArg>(
        Func<TArg, CancellationToken, ValueTask<T>> init, TArg arg, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(init);

        // Acquire: what the initialiser wrote before it returned is visible to whoever sees the value.
        return Volatile.Read(ref _published) is { } published
            ? new ValueTask<T>(published.Value)
            : WaitForValueAsync(init, arg, cancellationToken);
    }

    /// <summary>Reads the value if it is there; never waits, takes no lock.</summary>
    /// <param name="value">The value, or the default of <typeparamref name="T"/>.</param>
    /// <returns>Whether the value is there.</returns>
    public bool TryGet([MaybeNullWhen(false)] out T value)
    {
        if (Volatile.Read(ref _published) is { } published)
        {
            value = published.Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>
    /// Sets the value unless there is one. A run that is under way is overtaken: its waiters get <paramref name="value"/> at once, its
    /// token is cancelled, and what it may still produce is dropped.
    /// </summary>
    /// <param name="value">The value to set.</param>
    /// <returns><see langword="false"/> when there was a value already; it stays.</returns>
    public bool TrySet(T value)
    {
        Run? overtaken;
        lock (_gate)
        {
            if (_published is not null)
                return false;

            // Release: pairs with the reads of TryGet and GetAsync, which take no lock.
            Volatile.Write(ref _published, new Published(value));
            overtaken = _run;
            overtaken?.Overtake();
        }

        if (overtaken is not null)
        {
            overtaken.Result.TrySetResult(value);
            overtaken.Cancel();
        }

        return true;
    }

    /// <summary>Forgets the value, so that the next caller makes a new one.</summary>
    /// <inheritdoc cref="Reset(out T)"/>
    public bool Reset() => Reset(out _);

    /// <summary>Forgets the value, so that the next caller makes a new one, and hands it out to be disposed or reused.</summary>
    /// <remarks>
    /// A run that is under way serves those who wait for it already, but its result is not kept: whoever calls after <c>Reset</c> gets a
    /// value whose making began after <c>Reset</c>.
    /// </remarks>
    /// <param name="value">The forgotten value, or the default of <typeparamref name="T"/>. Of several racing calls one gets it.</param>
    /// <returns>Whether there was a value.</returns>
    public bool Reset([MaybeNullWhen(false)] out T value)
    {
        lock (_gate)
        {
            var published = _published;
            Volatile.Write(ref _published, null);
            _run?.Outdate();
            value = published is null ? default : published.Value;
            return published is not null;
        }
    }

    /// <summary>
    /// Fails the waiters of the run under way, cancels its token, and waits for its end, except when the caller is part of that very run.
    /// </summary>
    /// <param name="reason">What the waiters get.</param>
    internal async Task AbortAsync(Exception reason)
    {
        Run? aborted;
        lock (_gate)
        {
            aborted = _run;
            aborted?.Overtake();
        }

        if (aborted is null)
            return;

        aborted.Fail(reason);
        aborted.Cancel();
        if (WaitNode.TryBeginWait(aborted.Node, out var wait))
        {
            using (wait)
                await aborted.Ended.Task.ConfigureAwait(false);
        }
    }

    private async ValueTask<T> WaitForValueAsync<TArg>(
        Func<TArg, CancellationToken, ValueTask<T>> init, TArg arg, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Run run;
            var isStarter = false;
            var hasJoined = false;
            lock (_gate)
            {
                if (_published is { } published)
                    return published.Value;

                if (_run is null)
                {
                    _run = new Run();
                    isStarter = true;
                }

                run = _run;
                hasJoined = run.TryJoin();
            }

            if (isStarter)
                Start(run, init, arg);

            if (hasJoined)
                return await JoinAsync(run, cancellationToken).ConfigureAwait(false);

            // A closed run: its fate is not ours, but one run at a time, so the next one has to wait for its end.
            using (BeginWait(run))
                await run.Ended.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<T> JoinAsync(Run run, CancellationToken cancellationToken)
    {
        try
        {
            using (BeginWait(run))
                return await run.Result.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(run);
        }
    }

    private static WaitNode.Wait BeginWait(Run run) =>
        WaitNode.TryBeginWait(run.Node, out var wait)
            ? wait
            : throw new InvalidOperationException(
                $"The initialiser of a value of type {typeof(T)} waits, directly or through other initialisers, for its own result.");

    private void Leave(Run run)
    {
        bool isLast;
        lock (_gate)
            isLast = run.Leave();

        if (isLast)
            run.Cancel();
    }

    private void Start<TArg>(Run run, Func<TArg, CancellationToken, ValueTask<T>> init, TArg arg)
    {
        // Nothing of the first caller's context may leak into a run that serves all of them: no tenant, no trace, no ambient run.
        using AsyncFlowControl? suppression = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        _ = Task.Run(() => ExecuteAsync(run, init, arg));
    }

    private async Task ExecuteAsync<TArg>(Run run, Func<TArg, CancellationToken, ValueTask<T>> init, TArg arg)
    {
        run.Node.EnterFlow();
        Published? published = null;
        Exception? fault = null;
        try
        {
            published = new Published(await init(arg, run.Token).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        if (Complete(run, published))
        {
            if (published is not null)
                run.Result.TrySetResult(published.Value);
            else
                run.Fail(fault!);
        }

        run.Ended.TrySetResult();
    }

    /// <summary>Ends the run's time in the state before anybody hears of its outcome: a waiter that tries again must find no trace of it.</summary>
    /// <returns>
    /// Whether the outcome is what the waiters get. When the run has been overtaken it is not, even if the overtaker, which answers them
    /// after it has left the lock, has not come to that yet.
    /// </returns>
    private bool Complete(Run run, Published? published)
    {
        run.Node.End();
        lock (_gate)
        {
            _run = null;
            var answersWaiters = run.Settle(out var keepsResult);
            if (keepsResult && published is not null)
                Volatile.Write(ref _published, published);

            return answersWaiters;
        }
    }

    /// <summary>Holds the value, so that a value of any size is published by one reference.</summary>
    private sealed class Published(T value)
    {
        public readonly T Value = value;
    }

    /// <summary>One execution of an initialiser. The plain fields are guarded by <see cref="_gate"/>.</summary>
    private sealed class Run
    {
        private readonly CancellationTokenSource _cancellation = new();
        private int _waiters;
        private bool _isOpen = true;
        private bool _isSettled;
        private bool _keepsResult = true;

        /// <summary>What the waiters get; may come before the end, when the run is overtaken.</summary>
        public TaskCompletionSource<T> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when the initialiser has returned and the state knows of it; never fails.</summary>
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public WaitNode Node { get; } = new();

        public CancellationToken Token => _cancellation.Token;

        public bool TryJoin()
        {
            if (!_isOpen)
                return false;

            _waiters++;
            return true;
        }

        /// <returns>Whether nobody waits for the outcome any more, so that the run is to be cancelled.</returns>
        public bool Leave()
        {
            if (--_waiters > 0 || _isSettled)
                return false;

            _isOpen = false;
            return true;
        }

        /// <summary>The waiters stay, the result is not kept.</summary>
        public void Outdate()
        {
            _isOpen = false;
            _keepsResult = false;
        }

        /// <summary>The waiters get something else, from the caller; the run itself has nothing to tell them any more.</summary>
        public void Overtake()
        {
            Outdate();
            _isSettled = true;
        }

        /// <param name="keepsResult">Whether the result is to be kept.</param>
        /// <returns>Whether the waiters are this run's to answer; an outdated run's are, an overtaken run's are not.</returns>
        public bool Settle(out bool keepsResult)
        {
            var answersWaiters = !_isSettled;
            _isOpen = false;
            _isSettled = true;
            keepsResult = _keepsResult;
            return answersWaiters;
        }

        /// <summary>
        /// The token is cancelled on return; its callbacks, user code, run on the pool. One that throws is reported by
        /// <see cref="TaskScheduler.UnobservedTaskException"/>: nobody here has asked for it.
        /// </summary>
        public void Cancel() => _ = _cancellation.CancelAsync();

        /// <summary>Fails the waiters, with the exception itself even when it is a cancellation (its inner exception tells of timeouts).</summary>
        public void Fail(Exception fault)
        {
            if (Result.TrySetException(fault))
                _ = Result.Task.Exception; // Observed: nobody need be left to wait for it.
        }
    }
}

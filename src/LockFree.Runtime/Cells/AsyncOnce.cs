using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

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
/// nothing: O(1), two reads. A run allocates a few objects, a waiter a few more; all of them wake on the thread pool, none inside the
/// call that completes the run.</para>
/// <para>The value is nobody's in particular: what <see cref="Reset(out T)"/> hands out is the caller's to dispose, and
/// <see cref="DisposeValueAsync"/> disposes what is left at the end. What a run still makes that <see cref="TrySet"/> has overtaken, or
/// that everybody has left after a <see cref="Reset(out T)"/>, is dropped undisposed.</para>
/// </remarks>
/// <typeparam name="T">The type of the value; any type, <see langword="null"/> is a value like any other.</typeparam>
public sealed partial class AsyncOnce<T>
{
    // States, as the pair (_published, _run); both are written under _gate only.
    //
    //   (none, none) --GetAsync--> (none, open run) --success--> (value, none) --Reset--> (none, none)
    //                                    |    \--fault--> (none, none)
    //                                    | last waiter leaves, Reset, TrySet, Abort or DisposeValue
    //                                    v
    //                              (…, closed run): nobody joins it; a new run starts only after it has ended.
    //
    // Once _isDisposed is set, also under _gate, there is no value any more and no run starts.
    private readonly object _gate = new();
    private readonly object? _subject;
    private Published? _published;
    private Run? _run;
    private bool _isDisposed;

    /// <summary>Creates it without a value.</summary>
    public AsyncOnce()
    {
    }

    /// <param name="subject">Its text names the value in messages: "the client 'orders'", say.</param>
    internal AsyncOnce(object subject) => _subject = subject;

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
    /// <exception cref="ObjectDisposedException"><see cref="DisposeValueAsync"/> has been called.</exception>
    public ValueTask<T> GetAsync(Func<CancellationToken, ValueTask<T>> init, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(init);

        // The look at the value stands here too, and not behind the other overload: a call of a generic method costs several such looks.
        return Volatile.Read(ref _published) is { } published
            ? new ValueTask<T>(published.Value)
            : WaitForValueAsync(static (init, token) => init(token), init, cancellationToken);
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
    /// token is cancelled, and what it may still produce is dropped, undisposed unless <see cref="DisposeValueAsync"/> comes first.
    /// </summary>
    /// <param name="value">The value to set.</param>
    /// <returns><see langword="false"/> when there was a value already; it stays.</returns>
    /// <exception cref="ObjectDisposedException"><see cref="DisposeValueAsync"/> has been called.</exception>
    public bool TrySet(T value)
    {
        Run? overtaken;
        lock (_gate)
        {
            if (_isDisposed)
                throw Disposed();

            if (_published is not null)
                return false;

            // Release: pairs with the reads of TryGet and GetAsync, which take no lock.
            Volatile.Write(ref _published, new Published(value));
            overtaken = _run;
            overtaken?.OvertakeWith(value);
        }

        overtaken?.Cancel();
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
    /// Ends it for good: fails everybody who waits, cancels the run under way, waits for its end, and disposes the value, or whatever
    /// that run may still produce.
    /// </summary>
    /// <remarks>
    /// A value is disposed if it is <see cref="IAsyncDisposable"/> or <see cref="IDisposable"/>, once, however many calls there are: a
    /// second call waits for the run, not for a disposal under way. A call from inside the run does not wait for it. An initialiser that
    /// ignores its token is waited for as long as it takes.
    /// </remarks>
    /// <returns>
    /// Completes when the run has ended and what this call found has been disposed; with the exception of a disposal that failed.
    /// </returns>
    public async ValueTask DisposeValueAsync()
    {
        Published? published;
        Run? aborted;
        lock (_gate)
        {
            _isDisposed = true;
            published = _published;
            Volatile.Write(ref _published, null);
            aborted = _run;
            aborted?.FailWith(Disposed());
        }

        await CancelAndWaitAsync(aborted).ConfigureAwait(false);
        if (published is not null)
            await OwnedValue.DisposeAsync(published.Value).ConfigureAwait(false);

        if (aborted?.DisposalFailure is { } failure)
            failure.Throw();
    }

    /// <summary>
    /// Fails the waiters of the run under way, cancels its token, and waits for its end, except when the caller is part of that very run.
    /// </summary>
    /// <param name="reason">What the waiters get.</param>
    internal Task AbortAsync(Exception reason)
    {
        Run? aborted;
        lock (_gate)
        {
            aborted = _run;
            aborted?.FailWith(reason);
        }

        return CancelAndWaitAsync(aborted);
    }

    private static async Task CancelAndWaitAsync(Run? run)
    {
        if (run is null)
            return;

        run.Cancel();
        if (WaitNode.TryBeginWait(run.Node, out var wait))
        {
            using (wait)
                await run.Ended.Task.ConfigureAwait(false);
        }
    }

    private static ObjectDisposedException Disposed() => new(nameof(AsyncOnce<>));

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

                if (_isDisposed)
                    throw Disposed();

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

    private WaitNode.Wait BeginWait(Run run) =>
        WaitNode.TryBeginWait(run.Node, out var wait)
            ? wait
            : throw new InvalidOperationException(
                $"The initialiser of {_subject ?? $"a value of type {typeof(T)}"} waits, directly or through other initialisers, for its own "
                + "result. Break the circle: let one of them get what it needs later, when it is used.");

    private void Leave(Run run)
    {
        bool isAbandoned;
        lock (_gate)
            isAbandoned = run.Leave();

        if (isAbandoned)
            run.Cancel();
    }

    /// <summary>A method of its own, so that the closure is allocated by who starts a run and not by who joins one.</summary>
    private void Start<TArg>(Run run, Func<TArg, CancellationToken, ValueTask<T>> init, TArg arg) =>
        DetachedTask.Start(() => ExecuteAsync(run, init, arg));

    private async Task ExecuteAsync<TArg>(Run run, Func<TArg, CancellationToken, ValueTask<T>> init, TArg arg)
    {
        run.Node.EnterFlow();
        Published? made = null;
        Exception? fault = null;
        try
        {
            made = new Published(await init(arg, run.Token).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        if (Complete(run, made, fault) && made is not null)
            await DisposeLateAsync(run, made.Value).ConfigureAwait(false);

        run.Ended.TrySetResult();
    }

    /// <summary>
    /// Tells the waiters the outcome, unless somebody has overtaken the run, and ends the run's time in the state in the same moment: a
    /// waiter that tries again finds no trace of it.
    /// </summary>
    /// <returns>Whether a value comes too late, because there must not be one any more.</returns>
    private bool Complete(Run run, Published? made, Exception? fault)
    {
        run.Node.End();
        lock (_gate)
        {
            _run = null;
            if (made is null)
            {
                run.FailWith(fault!);
                return false;
            }

            if (run.KeepsResult)
                Volatile.Write(ref _published, made);

            run.Result.TrySetResult(made.Value);
            return _isDisposed;
        }
    }

    private static async Task DisposeLateAsync(Run run, T value)
    {
        try
        {
            await OwnedValue.DisposeAsync(value).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            run.DisposalFailure = ExceptionDispatchInfo.Capture(failure);
        }
    }
}

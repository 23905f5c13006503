using System.Diagnostics.CodeAnalysis;

namespace LockFree;

/// <summary>
/// The typed place of one client in a <see cref="ClientHub"/>. Take it once, keep it in a field: from then on the client is one volatile
/// read and a null check away, without lookup, cast or allocation.
/// </summary>
/// <remarks>
/// The slot stays valid for the life of its hub: a client that is replaced, removed and registered anew is seen through the same slot.
/// Reads take no lock. No user code (initialiser, disposal) runs under a lock.
/// </remarks>
/// <typeparam name="T">The client's contract.</typeparam>
public sealed class ClientSlot<T> : ClientSlot
    where T : class
{
    // Written under _gate, read without it. _client is the truth; _initialization only brings those who ask for an absent client
    // together. The two agree as follows: whenever nobody holds _gate, _initialization has no value or the one of _client, because
    // whoever empties or refills the slot resets it under _gate, and that also makes a run that is about to end keep its result to itself.
    private readonly object _gate = new();
    private readonly AsyncOnce<T> _initialization;
    private T? _client;

    // Guarded by _gate. The order number of a client the hub owns, 0 for none or a registered one; and who waits for an arrival.
    private long _ownedOrder;
    private TaskCompletionSource<T>? _arrival;

    // Guarded by _gate. How often a client was put here from outside: a run that began before the last time has been overtaken, which an
    // empty slot does not show once that client has been removed.
    private int _overtakes;

    internal ClientSlot(ClientHub hub, ClientKey key)
        : base(hub, key) => _initialization = new AsyncOnce<T>(this);

    /// <inheritdoc/>
    public override Type ClientType => typeof(T);

    /// <inheritdoc/>
    public override ClientState State
    {
        get
        {
            lock (_gate)
            {
                if (_client is not null)
                    return _ownedOrder == 0 ? ClientState.Registered : ClientState.Initialized;

                // Under the lock, without which no initialiser puts its client here: between two looks it might, and end.
                return _initialization.IsRunning ? ClientState.Initializing : ClientState.Missing;
            }
        }
    }

    /// <summary>The client.</summary>
    /// <exception cref="ClientNotInitializedException">Nobody has registered or initialised it.</exception>
    /// <exception cref="ObjectDisposedException">The hub has been disposed.</exception>
    public T Value
    {
        get
        {
            // Acquire: what was written to the client before it was published is visible to whoever gets it here.
            var client = Volatile.Read(ref _client);
            if (client is null)
                ThrowMissing();

            return client;
        }
    }

    /// <summary>Reads the client if it is there; never waits, takes no lock.</summary>
    /// <param name="client">The client, or <see langword="null"/>.</param>
    /// <returns>Whether the client is there.</returns>
    public bool TryGet([NotNullWhen(true)] out T? client)
    {
        client = Volatile.Read(ref _client);
        return client is not null;
    }

    /// <summary>Returns the client, making it with <paramref name="init"/> if it is missing.</summary>
    /// <remarks>
    /// Single flight, with the promises of <see cref="AsyncOnce{T}"/>: racing callers share one run, which belongs to none of them. The
    /// hub owns what the initialiser returns, so it has to be a new client; publish an existing one with
    /// <see cref="ClientHub.Register"/>. Should somebody register a client while the initialiser runs, everybody gets the registered
    /// one at once, the initialiser's token is cancelled and its product disposed.
    /// </remarks>
    /// <param name="init">Makes the client for the slot's key. Its token is cancelled when nobody waits for the client any more.</param>
    /// <param name="cancellationToken">Lets this caller leave.</param>
    /// <returns>The client; synchronously and without allocation when it is there already.</returns>
    /// <exception cref="InvalidOperationException">
    /// The initialiser returned <see langword="null"/>, or waits for its own result, directly or through other initialisers.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// This caller's token was cancelled before the client was there, or the initialiser gave up.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The hub has been disposed.</exception>
    public ValueTask<T> GetOrInitAsync(Func<ClientKey, CancellationToken, ValueTask<T>> init, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(init);
        if (Volatile.Read(ref _client) is { } client)
            return new ValueTask<T>(client);

        ThrowIfClosed();
        return _initialization.GetAsync(static (run, token) => run.Slot.RunAsync(run.Init, token), (Slot: this, Init: init), cancellationToken);
    }

    /// <summary>Waits until somebody has registered or initialised the client.</summary>
    /// <param name="cancellationToken">Lets this caller leave.</param>
    /// <returns>The client; synchronously and without allocation when it is there already.</returns>
    /// <exception cref="OperationCanceledException">This caller's token was cancelled before the client was there.</exception>
    /// <exception cref="ObjectDisposedException">The hub has been disposed.</exception>
    public ValueTask<T> WaitAsync(CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _client) is { } client)
            return new ValueTask<T>(client);

        Task<T> arrival;
        lock (_gate)
        {
            // Read again: an arrival between the first look and the lock would have found nobody to wake.
            if (_client is { } arrived)
                return new ValueTask<T>(arrived);

            ThrowIfClosed();
            _arrival ??= new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            arrival = _arrival.Task;
        }

        return new ValueTask<T>(arrival.WaitAsync(cancellationToken));
    }

    internal bool TryRegister(T client)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            if (_client is not null)
                return false;

            OvertakeLocked(client);
            return true;
        }
    }

    internal bool Replace(T client, [NotNullWhen(true)] out T? old)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            old = _client;
            OvertakeLocked(client);
            return old is not null;
        }
    }

    internal async ValueTask<bool> RemoveAsync()
    {
        T? removed;
        long ownedOrder;
        lock (_gate)
        {
            removed = TakeLocked(out ownedOrder);
        }

        if (removed is not null && ownedOrder != 0)
            await OwnedValue.DisposeAsync(removed).ConfigureAwait(false);

        return removed is not null;
    }

    internal override async Task<OwnedClient?> CloseAsync()
    {
        OwnedClient? orphan;
        TaskCompletionSource<T>? arrival;
        lock (_gate)
        {
            var client = TakeLocked(out var ownedOrder);
            orphan = client is null || ownedOrder == 0 ? null : new OwnedClient(ownedOrder, client);
            arrival = _arrival;
            _arrival = null;
        }

        if (arrival is not null && arrival.TrySetException(ClosedException()))
            _ = arrival.Task.Exception; // Observed: those who waited may all have left.

        await _initialization.AbortAsync(ClosedException()).ConfigureAwait(false);
        return orphan;
    }

    private async ValueTask<T> RunAsync(Func<ClientKey, CancellationToken, ValueTask<T>> init, CancellationToken cancellationToken)
    {
        int overtakes;
        lock (_gate)
        {
            // The slot may have been filled after the caller found it empty.
            if (_client is { } present)
                return present;

            ThrowIfClosed();

            // Filled and emptied again: overtaken before it began, the run makes a client that nobody gets.
            cancellationToken.ThrowIfCancellationRequested();
            overtakes = _overtakes;
        }

        var made = await init(Key, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The initialiser of {this} returned null. Throw what kept it from making the client.");

        T? winner;
        lock (_gate)
        {
            if (_client is null && _overtakes == overtakes && !Hub.IsClosed)
                PutLocked(made, Hub.NextOwnedOrder());

            winner = _client;
        }

        if (!ReferenceEquals(winner, made))
            await DiscardAsync(made).ConfigureAwait(false);

        if (winner is null)
        {
            ThrowIfClosed();
            throw new OperationCanceledException(
                $"While its initialiser ran, {this} was registered, and removed again.", cancellationToken);
        }

        return winner;
    }

    private void OvertakeLocked(T client)
    {
        _overtakes++;
        PutLocked(client, ownedOrder: 0);

        // A client that was there goes from here, too: it would be kept alive, and given to callers that found the slot empty.
        _initialization.Reset();
        _initialization.TrySet(client);
    }

    private void PutLocked(T client, long ownedOrder)
    {
        _ownedOrder = ownedOrder;

        // Release: pairs with the reads without a lock.
        Volatile.Write(ref _client, client);

        // Continuations run asynchronously, so nobody's code runs under the lock.
        _arrival?.TrySetResult(client);
        _arrival = null;
    }

    private T? TakeLocked(out long ownedOrder)
    {
        var client = _client;
        ownedOrder = _ownedOrder;
        _ownedOrder = 0;
        Volatile.Write(ref _client, null);
        if (client is not null)
            _initialization.Reset();

        return client;
    }

    /// <summary>Disposes what nobody will ever see. Those who wait for the client hear nothing of a failure: they have another, or none.</summary>
    private async ValueTask DiscardAsync(T client)
    {
        try
        {
            await OwnedValue.DisposeAsync(client).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            Hub.ReportDisposalFailure(failure);
        }
    }

    [DoesNotReturn]
    private void ThrowMissing()
    {
        ThrowIfClosed();
        throw Hub.Missing(Key, typeof(T));
    }

    private void ThrowIfClosed()
    {
        if (Hub.IsClosed)
            throw ClosedException();
    }

    private ObjectDisposedException ClosedException() => ClientHub.ClosedException(Key, typeof(T));
}

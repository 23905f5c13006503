using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace LockFree;

/// <summary>
/// The clients of a process, by key and type: registered by whoever has them, or made on first use, once, however many ask at the same
/// time. Code that uses a client takes its <see cref="Slot{T}"/> at start and keeps it; the slot is typed, so nothing is looked up or
/// cast after that.
/// </summary>
/// <remarks>
/// <para>All members may be called from any thread at any time. No user code runs under a lock. A type is looked up exactly as it was
/// registered: a client registered as <c>Orders</c> is not found as <c>IOrders</c>.</para>
/// <para>Ownership: the hub disposes what its initialisers made; what was registered belongs to whoever registered it.</para>
/// </remarks>
public sealed class ClientHub : IAsyncDisposable
{
    private const int Open = 0;
    private const int Closed = 1;

    private readonly ShardedMap<SlotKey, ClientSlot> _slots = new();
    private readonly ConcurrentQueue<Exception> _disposalFailures = new();
    private long _lastOwnedOrder;

    // Set before the slots are closed, and looked at by every slot, under its own lock, before it lets a client or a waiter in. So a slot
    // that DisposeAsync does not find (added while it walks) lets nothing in.
    private int _closed = Open;

    /// <summary>
    /// What is there, in which state: a line for every key and type that anybody has asked for. Each line is true at the moment it is
    /// read; the list is not one snapshot. O(n).
    /// </summary>
    public IReadOnlyList<ClientInfo> Clients
    {
        get
        {
            var clients = new List<ClientInfo>();
            foreach (var slot in _slots.Values)
                clients.Add(new ClientInfo(slot.Key, slot.ClientType, slot.State));

            return clients;
        }
    }

    internal bool IsClosed => Volatile.Read(ref _closed) == Closed;

    /// <summary>The slot of a client, created on first use. The same key and type give the same slot, always.</summary>
    /// <remarks>Here a type is restored that was erased: once for those who keep the slot. O(1).</remarks>
    /// <typeparam name="T">The client's contract.</typeparam>
    /// <param name="key">The client's key.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> is the default value of its type.</exception>
    /// <exception cref="ObjectDisposedException">The hub has been disposed.</exception>
    public ClientSlot<T> Slot<T>(ClientKey key)
        where T : class
    {
        var slotKey = SlotKeyOf<T>(key);
        ThrowIfClosed(slotKey);
        return Downcast.ToSlot<T>(_slots.GetOrAdd(slotKey, static (slotKey, hub) => new ClientSlot<T>(hub, slotKey.Key), this));
    }

    /// <summary>Returns the client, making it with <paramref name="init"/> if it is missing: one run however many callers race.</summary>
    /// <inheritdoc cref="ClientSlot{T}.GetOrInitAsync"/>
    /// <typeparam name="T">The client's contract.</typeparam>
    /// <param name="key">The client's key.</param>
    /// <param name="init">Makes the client. Its token is cancelled when nobody waits for the client any more.</param>
    /// <param name="cancellationToken">Lets this caller leave.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> is the default value of its type.</exception>
    public ValueTask<T> GetOrInitAsync<T>(
        ClientKey key, Func<ClientKey, CancellationToken, ValueTask<T>> init, CancellationToken cancellationToken = default)
        where T : class => Slot<T>(key).GetOrInitAsync(init, cancellationToken);

    /// <summary>The client. In code that runs often, keep the <see cref="Slot{T}"/> instead.</summary>
    /// <typeparam name="T">The client's contract.</typeparam>
    /// <param name="key">The client's key.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> is the default value of its type.</exception>
    /// <exception cref="ClientNotInitializedException">Nobody has registered or initialised it.</exception>
    /// <exception cref="ObjectDisposedException">The hub has been disposed.</exception>
    public T Get<T>(ClientKey key)
        where T : class => TryGet<T>(key, out var client) ? client : throw Missing(key, typeof(T));

    /// <summary>Reads the client if it is there; never waits, and leaves no trace of a key that nobody has used.</summary>
    /// <typeparam name="T">The client's contract.</typeparam>
    /// <param name="key">The client's key.</param>
    /// <param name="client">The client, or <see langword="null"/>.</param>
    /// <returns>Whether the client is there.</returns>
    /// <exception cref="ArgumentException"><paramref name="key"/> is the default value of its type.</exception>
    /// <exception cref="ObjectDisposedException">The hub has been disposed.</exception>
    public bool TryGet<T>(ClientKey key, [NotNullWhen(true)] out T? client)
        where T : class
    {
        client = null;
        return TryGetSlot<T>(key, out var slot) && slot.TryGet(out client);
    }

    /// <summary>Registers a client. It stays the caller's to dispose.</summary>
    /// <typeparam name="T">The contract under which it is looked up.</typeparam>
    /// <param name="key">The client's key.</param>
    /// <param name="client">The client.</param>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is the default value of its type.</exception>
    /// <exception cref="InvalidOperationException">There is one already; see <see cref="TryRegister"/> and <see cref="Replace"/>.</exception>
    /// <exception cref="ObjectDisposedException">The hub has been disposed.</exception>
    public void Register<T>(ClientKey key, T client)
        where T : class
    {
        if (!TryRegister(key, client))
        {
            throw new InvalidOperationException(
                $"There is a client {key} of type {typeof(T)} already. {nameof(TryRegister)} leaves it in place, {nameof(Replace)} takes it out.");
        }
    }

    /// <summary>
    /// Registers a client unless there is one. Whoever waits for it, for an initialiser too, gets it at once. It stays the caller's to
    /// dispose.
    /// </summary>
    /// <typeparam name="T">The contract under which it is looked up.</typeparam>
    /// <param name="key">The client's key.</param>
    /// <param name="client">The client.</param>
    /// <returns><see langword="false"/> when there was one already. Of several racing calls one succeeds.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is the default value of its type.</exception>
    /// <exception cref="ObjectDisposedException">The hub has been disposed.</exception>
    public bool TryRegister<T>(ClientKey key, T client)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(client);
        return Slot<T>(key).TryRegister(client);
    }

    /// <summary>Registers a client whether there is one or not.</summary>
    /// <remarks>
    /// The old client is handed out, not disposed: others may still be using it, and from now on it is the caller's even if the hub made
    /// it.
    /// </remarks>
    /// <typeparam name="T">The contract under which it is looked up.</typeparam>
    /// <param name="key">The client's key.</param>
    /// <param name="client">The client. It stays the caller's to dispose.</param>
    /// <param name="old">The client that was there, or <see langword="null"/>. Of several racing calls each gets another one.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is the default value of its type.</exception>
    /// <exception cref="ObjectDisposedException">The hub has been disposed.</exception>
    public bool Replace<T>(ClientKey key, T client, [NotNullWhen(true)] out T? old)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(client);
        return Slot<T>(key).Replace(client, out old);
    }

    /// <summary>Removes a client, and disposes it if the hub made it. An initialiser that is running is left alone.</summary>
    /// <typeparam name="T">The client's contract.</typeparam>
    /// <param name="key">The client's key.</param>
    /// <returns>Whether there was a client. Of several racing calls one removes it. An exception of its disposal reaches the caller.</returns>
    /// <exception cref="ArgumentException"><paramref name="key"/> is the default value of its type.</exception>
    /// <exception cref="ObjectDisposedException">The hub has been disposed.</exception>
    public ValueTask<bool> RemoveAsync<T>(ClientKey key)
        where T : class => TryGetSlot<T>(key, out var slot) ? slot.RemoveAsync() : new ValueTask<bool>(false);

    /// <summary>
    /// Closes the hub: cancels the initialisers that are running, fails everybody who waits, waits for those initialisers to end (not
    /// for one that is the caller itself), and disposes what the hub made, last made first.
    /// </summary>
    /// <remarks>
    /// A disposal that throws does not keep the others from happening. A second call returns at once, also while the first is still
    /// at it, so that a client may dispose its hub.
    /// </remarks>
    /// <exception cref="AggregateException">
    /// Disposals failed, now or earlier where nobody heard of it (of a client that came too late to be used); one inner exception for each.
    /// </exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, Closed) == Closed)
            return;

        var closing = new List<Task<ClientSlot.OwnedClient?>>();
        foreach (var slot in _slots.Values)
            closing.Add(slot.CloseAsync());

        // Initialisers still running may use clients that are to be disposed: those come second.
        var orphans = await Task.WhenAll(closing).ConfigureAwait(false);
        await DisposeInReverseAsync(orphans.OfType<ClientSlot.OwnedClient>()).ConfigureAwait(false);
        if (!_disposalFailures.IsEmpty)
            throw new AggregateException("Clients could not be disposed.", _disposalFailures);
    }

    internal long NextOwnedOrder() => Interlocked.Increment(ref _lastOwnedOrder);

    /// <summary>Keeps what went wrong where nobody could be told, for whoever disposes the hub.</summary>
    internal void ReportDisposalFailure(Exception failure) => _disposalFailures.Enqueue(failure);

    /// <summary>What to throw for a client that is not there, with what the hub knows of the reason. O(n).</summary>
    internal ClientNotInitializedException Missing(ClientKey key, Type clientType)
    {
        string? hint = null;
        var others = new List<ClientKey>();
        foreach (var slot in _slots.Values)
        {
            if (slot.Key.Name != key.Name)
                continue;

            var state = slot.State;
            if (state == ClientState.Missing)
                continue;

            if (slot.Key != key)
            {
                if (slot.ClientType == clientType)
                    others.Add(slot.Key);
            }
            else if (slot.ClientType != clientType)
            {
                hint ??= $"There is one of this key, but of type {slot.ClientType}: use the same type in both places.";
            }
            else if (state == ClientState.Initializing)
            {
                hint = $"Its initialiser is running: await {nameof(ClientSlot<>.GetOrInitAsync)} or {nameof(ClientSlot<>.WaitAsync)} instead.";
            }
        }

        return new ClientNotInitializedException(key, clientType, hint ?? HintAtScopes(others));
    }

    internal static ObjectDisposedException ClosedException(ClientKey key, Type clientType) => new(
        nameof(ClientHub),
        $"The hub of the client {key} of type {clientType} has been disposed. Whoever uses its clients has to end before the hub does.");

    /// <summary>Where a client is that was looked for in another scope; null if it is nowhere.</summary>
    private static string? HintAtScopes(List<ClientKey> keys)
    {
        if (keys.Count == 0)
            return null;

        var places = keys
            .OrderBy(key => key.Scope, StringComparer.Ordinal)
            .Select(key => key.Scope is null ? "without a scope" : $"in the scope '{key.Scope}'");
        return $"There is one of this name {string.Join(", ", places)}: use the same scope in both places.";
    }

    private async Task DisposeInReverseAsync(IEnumerable<ClientSlot.OwnedClient> owned)
    {
        // The same object may have been made under several keys. It is disposed once, when the first made of them would be: later ones may
        // have been made with its help.
        var clients = owned
            .GroupBy(entry => entry.Client, ReferenceEqualityComparer.Instance)
            .OrderByDescending(entries => entries.Min(entry => entry.Order))
            .Select(entries => entries.Key!);
        foreach (var client in clients)
        {
            try
            {
                await OwnedValue.DisposeAsync(client).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                ReportDisposalFailure(failure);
            }
        }
    }

    private void ThrowIfClosed(SlotKey slotKey)
    {
        if (IsClosed)
            throw ClosedException(slotKey.Key, slotKey.ClientType);
    }

    private static SlotKey SlotKeyOf<T>(ClientKey key)
    {
        key.ThrowIfDefault(nameof(key));
        return new SlotKey(key, typeof(T));
    }

    private bool TryGetSlot<T>(ClientKey key, [NotNullWhen(true)] out ClientSlot<T>? slot)
        where T : class
    {
        var slotKey = SlotKeyOf<T>(key);
        ThrowIfClosed(slotKey);
        slot = _slots.TryGetValue(slotKey, out var found) ? Downcast.ToSlot<T>(found) : null;
        return slot is not null;
    }
}

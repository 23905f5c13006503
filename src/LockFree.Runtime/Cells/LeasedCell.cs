using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace LockFree;

/// <summary>
/// A <see cref="SwapCell{T}"/> for a value that owns something: a pool of connections, a file, a native handle. Readers lease the value;
/// a value that has been replaced is disposed when the last lease on it has been returned: once, never before, and never while in use.
/// </summary>
/// <remarks>
/// <para>A value belongs to the cell from the moment it is stored: the cell disposes it, by <see cref="IAsyncDisposable"/> where it has
/// that, else by <see cref="IDisposable"/>. Store nothing else than what nobody else disposes, and nothing that a cell has disposed.</para>
/// <para>Disposal runs on the thread pool, never inside a call of this type or of <see cref="Lease{T}"/>, without the caller's
/// <see cref="AsyncLocal{T}"/> values. It may use the cell, but must not wait for <see cref="DisposeAsync"/>, which waits for it. An
/// exception that it throws reaches <see cref="StoreAsync"/> or, of the last value, <see cref="DisposeAsync"/>; if nobody waits, it is
/// reported by <see cref="TaskScheduler.UnobservedTaskException"/>. It is not tried again.</para>
/// <para>There is no lock anywhere: to acquire, return and store takes a few interlocked operations, and a reader starts again only when a
/// writer has replaced the value meanwhile. To acquire and return allocates nothing as long as a thread returns as many leases as it
/// acquires; else a token of 32 bytes. Each value has a count of its leases and lives as long as it is above nought,
/// the cell's own lease included (a sticky counter, see the source). Writes and leases are full fences: whoever leases a value sees
/// everything that was done before it was stored, and its disposal sees everything that was done under its leases.</para>
/// </remarks>
/// <typeparam name="T">The type of the value. One that cannot be disposed is just dropped.</typeparam>
[DebuggerDisplay("{_current?.Value}")]
public sealed class LeasedCell<T> : IAsyncDisposable
    where T : class
{
    private readonly TaskCompletionSource _allDisposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Null once the cell has been disposed. The cell holds a lease on its value; whoever replaces the value takes that lease over.
    private LeasedValue<T>? _current;

    // The value the cell had when it was disposed; written before that value's lease is returned.
    private LeasedValue<T>? _last;

    // Values that are not disposed yet. Counted before they can be reached: at nought the cell is disposed, and so are all of them.
    private int _undisposed = 1;

    /// <summary>Makes a cell that owns <paramref name="initial"/>.</summary>
    /// <param name="initial">The first value.</param>
    public LeasedCell(T initial)
    {
        ArgumentNullException.ThrowIfNull(initial);
        _current = new LeasedValue<T>(this, initial);
    }

    /// <summary>Leases the current value: <c>using var lease = cell.Acquire();</c> Never blocks.</summary>
    /// <remarks>
    /// One lease per unit of work: two may be of two values. Leases do not keep others from replacing the value, and of a value that has
    /// been replaced since there may be many leases.
    /// </remarks>
    /// <exception cref="ObjectDisposedException">The cell has been disposed.</exception>
    public Lease<T> Acquire()
    {
        if (!TryAcquire(out var lease))
            ThrowDisposed($"Code that may be late asks {nameof(TryAcquire)}.");

        return lease;
    }

    /// <summary>Leases the current value unless the cell has been disposed. Never blocks.</summary>
    /// <param name="lease">The lease, or one that is no lease and need not be disposed.</param>
    /// <returns><see langword="false"/> when the cell has been disposed.</returns>
    public bool TryAcquire(out Lease<T> lease)
    {
        // Acquire: what was done before the value was stored is visible to whoever finds it here.
        while (Volatile.Read(ref _current) is { } current)
        {
            if (current.TryLease())
            {
                lease = new Lease<T>(current);
                return true;
            }

            // Replaced and disposed since it was read: the cell has another one, or none.
        }

        lease = default;
        return false;
    }

    /// <summary>
    /// Replaces the value. The old one is disposed when the last lease on it has been returned; this call does not wait for it.
    /// </summary>
    /// <remarks>To store the value that is there already changes nothing.</remarks>
    /// <param name="value">The new value. When the call throws it remains the caller's.</param>
    /// <exception cref="ObjectDisposedException">The cell has been disposed.</exception>
    public void Store(T value)
    {
        if (TryDisplace(value, out var displaced))
            displaced.Return();
    }

    /// <summary>Replaces the value, and waits until the old one has been disposed.</summary>
    /// <remarks>
    /// The value has been replaced when the call returns its task. A caller with a lease on the old value has to return it before awaiting.
    /// </remarks>
    /// <param name="value">The new value. When the call itself throws it remains the caller's.</param>
    /// <param name="cancellationToken">Ends the wait and nothing else: the value remains replaced.</param>
    /// <returns>Completes when the old value has been disposed, with the exception of its <c>Dispose</c> if that throws.</returns>
    /// <exception cref="ObjectDisposedException">The cell has been disposed.</exception>
    public Task StoreAsync(T value, CancellationToken cancellationToken = default)
    {
        if (!TryDisplace(value, out var displaced))
            return Task.CompletedTask;

        displaced.Return();
        return displaced.Disposal.WaitAsync(cancellationToken);
    }

    /// <summary>Replaces the value and leases the old one. Of several racing calls each returns another old value.</summary>
    /// <remarks>To exchange the value that is there already for itself leases it and changes nothing.</remarks>
    /// <param name="value">The new value. When the call throws it remains whose it was, the caller's or the cell's.</param>
    /// <returns>A lease on the old value; it will be disposed when this and all other leases on it have been returned.</returns>
    /// <exception cref="ObjectDisposedException">The cell has been disposed.</exception>
    /// <exception cref="InvalidOperationException">
    /// The cell had <paramref name="value"/> already, and while this call went to lease it, another one replaced it and its last lease was
    /// returned: it is being disposed, and cannot be leased or stored again.
    /// </exception>
    public Lease<T> Exchange(T value)
    {
        // Where old and new value are one, the cell keeps its lease on it.
        if (TryDisplace(value, out var old) || old.TryLease())
            return new Lease<T>(old);

        // Replaced since it was found, and being disposed: to look again might store it anew.
        if (Volatile.Read(ref _current) is null)
            ThrowDisposed("It has disposed of the value, which was its own already.");

        throw new InvalidOperationException(
            "The value was the cell's already, and was replaced and disposed meanwhile. Lease a value to exchange it for itself.");
    }

    /// <summary>Replaces the value if it is <paramref name="comparand"/>, the very same object.</summary>
    /// <remarks>
    /// What <see cref="SwapCell{T}.CompareExchange"/> is to a <see cref="SwapCell{T}"/>. It does not return the value that was there:
    /// nobody may use that without a lease.
    /// </remarks>
    /// <param name="value">The new value. When the call returns <see langword="false"/> it remains the caller's.</param>
    /// <param name="comparand">The value that is to be replaced, leased by the caller.</param>
    /// <returns>Whether it was there; in a cell that has been disposed nothing is. It is disposed after the last lease on it.</returns>
    public bool TryExchange(T value, T comparand)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(comparand);
        var current = Volatile.Read(ref _current);
        if (current is null || !ReferenceEquals(current.Value, comparand))
            return false;

        if (ReferenceEquals(value, comparand))
            return true;

        if (!TryReplace(current, value))
            return false;

        current.Return();
        return true;
    }

    /// <summary>
    /// Ends the cell: nobody can acquire or store any more, and its value is disposed when the last lease on it has been returned. Waits
    /// until that and every value replaced before has been disposed; any number of callers may.
    /// </summary>
    /// <remarks>A caller that holds a lease has to return it first: it would wait for itself.</remarks>
    /// <returns>Completes with the exception of the last value's <c>Dispose</c> if that throws.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _current, null) is { } last)
        {
            Volatile.Write(ref _last, last);
            last.Return();
        }

        await _allDisposed.Task.ConfigureAwait(false);
        await Volatile.Read(ref _last)!.Disposal.ConfigureAwait(false);
    }

    /// <summary>A value has been disposed, or has not become one of the cell after all.</summary>
    internal void Forget()
    {
        if (Interlocked.Decrement(ref _undisposed) == 0)
            _allDisposed.TrySetResult();
    }

    /// <param name="value">The new value.</param>
    /// <param name="old">The value that was there. If it has been replaced, the cell's lease on it is the caller's now.</param>
    /// <returns><see langword="false"/> when it is <paramref name="value"/> already.</returns>
    private bool TryDisplace(T value, out LeasedValue<T> old)
    {
        ArgumentNullException.ThrowIfNull(value);
        while (true)
        {
            var current = Volatile.Read(ref _current);
            if (current is null)
                ThrowDisposed("The value that was to be stored is the caller's to dispose of.");

            old = current;
            if (ReferenceEquals(current.Value, value))
                return false;

            if (TryReplace(current, value))
                return true;
        }
    }

    private bool TryReplace(LeasedValue<T> current, T value)
    {
        Interlocked.Increment(ref _undisposed);
        if (ReferenceEquals(Interlocked.CompareExchange(ref _current, new LeasedValue<T>(this, value), current), current))
            return true;

        Forget();
        return false;
    }

    [DoesNotReturn]
    private static void ThrowDisposed(string advice) => throw new ObjectDisposedException(
        nameof(LeasedCell<>),
        $"The cell of {typeof(T)} has been disposed. Whoever uses it has to end before it does. {advice}");
}

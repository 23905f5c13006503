using System.Diagnostics;

namespace LockFree;

/// <summary>
/// One reference to an immutable value that is read all the time and replaced as a whole now and then: settings, routes, a lookup table.
/// Readers never wait and take no lock; writers replace, compare and replace, or compute the next value from the current one.
/// </summary>
/// <remarks>
/// <para>Load once per unit of work and keep the result in a local: two loads may see two versions. Never compute a new value from a
/// <see cref="Load"/> and <see cref="Store"/> it: a change in between is lost; <see cref="Update(Func{T, T})"/> exists for that.</para>
/// <para>Memory order: a load is an acquire, every write is a full fence; whoever sees a value sees everything its writer did before.
/// Values are compared by reference, and the cell keeps the compared reference alive, so there is no ABA.</para>
/// <para>No user code runs under a lock: there is none on any path but <see cref="UpdateOnceAsync"/>'s bookkeeping. The counterpart of
/// Rust's arc-swap; reclamation is the garbage collector's, so a replaced value is not disposed.</para>
/// </remarks>
/// <typeparam name="T">The type of the value: a reference type, nullable if the cell may be empty. Treat it as immutable.</typeparam>
/// <param name="initial">The first value.</param>
[DebuggerDisplay("{_value}")]
public sealed class SwapCell<T>(T initial) : IReadOnlyCell<T>
    where T : class?
{
    private T _value = initial;

    // Somebody waits for a change, or did; completed and taken away by the first write after that. Lost wake-ups are excluded by order:
    // a waiter makes sure of the signal and then looks at the value, a writer writes the value and then looks for the signal. Whoever
    // installs the signal or writes the value does so by an interlocked operation, a full fence, so at least one of the two sees the
    // other. A waiter that finds a signal installed has only to look at the value after it (acquire): it sees what the installer saw.
    private TaskCompletionSource? _changed;

    private SerialRebuild<T>? _rebuild;

    /// <summary>The current value: one acquire read.</summary>
    public T Load() => Volatile.Read(ref _value);

    /// <summary>Replaces the value, whatever it is.</summary>
    /// <param name="value">The new value.</param>
    public void Store(T value) => Exchange(value);

    /// <summary>Replaces the value and returns the old one. Of several racing calls each returns another old value.</summary>
    /// <param name="value">The new value.</param>
    public T Exchange(T value)
    {
        var old = Interlocked.Exchange(ref _value, value);
        if (!ReferenceEquals(old, value))
            AnnounceChange();

        return old;
    }

    /// <summary>Replaces the value if it is <paramref name="comparand"/>, the very same object.</summary>
    /// <param name="value">The new value.</param>
    /// <param name="comparand">The value that is to be replaced.</param>
    /// <returns>The value before the call: the exchange has happened exactly if it is <paramref name="comparand"/>.</returns>
    public T CompareExchange(T value, T comparand)
    {
        var old = Interlocked.CompareExchange(ref _value, value, comparand);
        if (ReferenceEquals(old, comparand) && !ReferenceEquals(old, value))
            AnnounceChange();

        return old;
    }

    /// <summary>Replaces the value by one computed from it, atomically.</summary>
    /// <param name="updater">
    /// Computes the new value from the current one. It runs again when another writer was faster, so it must do nothing but compute; its
    /// last result is the one stored. It may read this cell, but must not write to it on every run: it would always find itself overtaken.
    /// An exception leaves the cell as it is.
    /// </param>
    /// <returns>The value stored.</returns>
    public T Update(Func<T, T> updater)
    {
        ArgumentNullException.ThrowIfNull(updater);
        return Update(static (current, updater) => updater(current), updater);
    }

    /// <summary>
    /// Replaces the value by one computed from it, atomically; <paramref name="arg"/> saves the closure that would be allocated.
    /// </summary>
    /// <inheritdoc cref="Update(Func{T, T})"/>
    /// <typeparam name="TArg">The type of <paramref name="arg"/>.</typeparam>
    /// <param name="updater">Computes the new value from the current one and <paramref name="arg"/>; it may run again.</param>
    /// <param name="arg">Passed to <paramref name="updater"/>.</param>
    public T Update<TArg>(Func<T, TArg, T> updater, TArg arg)
    {
        ArgumentNullException.ThrowIfNull(updater);
        var current = Load();
        while (true)
        {
            var next = updater(current, arg);
            var found = CompareExchange(next, current);
            if (ReferenceEquals(found, current))
                return next;

            current = found;
        }
    }

    /// <summary>Replaces the value by one computed from it, atomically, or leaves it when the updater gives up.</summary>
    /// <param name="updater">
    /// Computes the new value from the current one, or returns <see langword="null"/> to give up. It may run again, see
    /// <see cref="Update(Func{T, T})"/>.
    /// </param>
    /// <param name="current">The value stored, or the value that made the updater give up.</param>
    /// <returns>Whether a value was stored.</returns>
    public bool TryUpdate(Func<T, T?> updater, out T current)
    {
        ArgumentNullException.ThrowIfNull(updater);
        return TryUpdate(static (current, updater) => updater(current), updater, out current);
    }

    /// <summary>
    /// Replaces the value by one computed from it, atomically, or leaves it when the updater gives up; <paramref name="arg"/> saves the
    /// closure that would be allocated.
    /// </summary>
    /// <inheritdoc cref="TryUpdate(Func{T, T}, out T)"/>
    /// <typeparam name="TArg">The type of <paramref name="arg"/>.</typeparam>
    /// <param name="updater">
    /// Computes the new value from the current one and <paramref name="arg"/>, or returns <see langword="null"/> to give up.
    /// </param>
    /// <param name="arg">Passed to <paramref name="updater"/>.</param>
    /// <param name="current">The value stored, or the value that made the updater give up.</param>
    public bool TryUpdate<TArg>(Func<T, TArg, T?> updater, TArg arg, out T current)
    {
        ArgumentNullException.ThrowIfNull(updater);
        current = Load();
        while (updater(current, arg) is { } next)
        {
            var found = CompareExchange(next, current);
            if (ReferenceEquals(found, current))
            {
                current = next;
                return true;
            }

            current = found;
        }

        return false;
    }

    /// <summary>
    /// Replaces the value by one that takes long to make, one rebuild at a time. Readers are not held up. Requests that arrive while a
    /// rebuild runs share the next one, so every caller gets a value whose making began after its call.
    /// </summary>
    /// <remarks>
    /// A rebuild belongs to no caller: whoever leaves harms no other, and when the last one has left, its token is cancelled. A fault
    /// reaches everyone who shares the rebuild, is not kept, and leaves the cell as it is. Other writers are not held up either: should
    /// the value change while it is being rebuilt, the rebuild runs again from the new value, so that no change is lost. A rebuild must
    /// therefore not write to this cell itself on every run, and a cell that others write to all the time is no cell to rebuild slowly.
    /// </remarks>
    /// <param name="rebuild">
    /// Makes the new value from the current one, on the thread pool. Callers that share a rebuild are served by the delegate of one of
    /// them: pass the same one everywhere.
    /// </param>
    /// <param name="cancellationToken">Lets this caller leave.</param>
    /// <returns>The value stored.</returns>
    /// <exception cref="InvalidOperationException">The call comes from the very rebuild it would have to wait for.</exception>
    /// <exception cref="OperationCanceledException">This caller's token was cancelled, or the rebuild gave up.</exception>
    public Task<T> UpdateOnceAsync(Func<T, CancellationToken, ValueTask<T>> rebuild, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rebuild);
        var serial = Volatile.Read(ref _rebuild);
        if (serial is null)
        {
            var created = new SerialRebuild<T>(this);
            serial = Interlocked.CompareExchange(ref _rebuild, created, null) ?? created;
        }

        return serial.RequestAsync(rebuild, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<T> WaitForChangeAsync(T seen, CancellationToken cancellationToken = default)
    {
        var current = Load();
        return ReferenceEquals(current, seen) ? WaitAsync(seen, cancellationToken) : new ValueTask<T>(current);
    }

    /// <inheritdoc/>
    public IDisposable OnChange(Action<T> handler) => CellSubscription<T>.Start(this, new HandlerSink<T>(handler));

    private async ValueTask<T> WaitAsync(T seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = SignalOfNextChange();
            var current = Load();
            if (!ReferenceEquals(current, seen))
                return current;

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private Task SignalOfNextChange()
    {
        if (Volatile.Read(ref _changed) is { } installed)
            return installed.Task;

        var created = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _changed, created, null) ?? created).Task;
    }

    private void AnnounceChange()
    {
        // The write of the value, an interlocked operation, comes before this read: see _changed.
        if (Volatile.Read(ref _changed) is not null)
            Interlocked.Exchange(ref _changed, null)?.TrySetResult();
    }
}

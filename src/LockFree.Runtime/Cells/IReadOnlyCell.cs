namespace LockFree;

/// <summary>
/// A live view of a value that others replace as a whole: what a component gets that has to see the newest settings but not to change
/// them. See <see cref="SwapCell{T}"/>, <see cref="Cell.Select"/> for a view of a part, <see cref="Cell.Constant"/> for tests.
/// </summary>
/// <remarks>
/// Load once per unit of work and keep the result in a local: two loads may see two versions.
/// </remarks>
/// <typeparam name="T">The type of the value; treat it as immutable.</typeparam>
public interface IReadOnlyCell<T>
{
    /// <summary>The current value. Never blocks.</summary>
    T Load();

    /// <summary>Waits until the current value is another one than <paramref name="seen"/>, and returns it.</summary>
    /// <remarks>
    /// No change is missed between <see cref="Load"/> and this call: the value is compared, not the moment. Values that come and go
    /// between two looks may be skipped, a return to <paramref name="seen"/> included. Values are the same when a
    /// <see cref="SwapCell{T}"/> holds the same reference, or when a projection gives something equal.
    /// </remarks>
    /// <param name="seen">The value the caller knows already.</param>
    /// <param name="cancellationToken">Ends the wait and leaves nothing behind. Not looked at when there is a change already.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before there was a change.</exception>
    ValueTask<T> WaitForChangeAsync(T seen, CancellationToken cancellationToken = default);

    /// <summary>Calls <paramref name="handler"/> with the current value after every change from now on.</summary>
    /// <remarks>
    /// The handler runs on the thread pool, never inside a writer's call, never twice at the same time, and without the subscriber's
    /// <see cref="AsyncLocal{T}"/> values. When values come faster than it works, it gets the newest and skips those in between, a return
    /// to the value it knows included; the last one always arrives. It may do anything with the cell. An exception that it throws, or
    /// that a projection or an equality throws on the way to it, is reported by <see cref="TaskScheduler.UnobservedTaskException"/>, and
    /// the next change is delivered all the same. The call itself looks at the current value: what a projection or an equality throws on
    /// that one, it throws, and there is no subscription. A subscription lasts as long as the cell, unless it is disposed.
    /// </remarks>
    /// <param name="handler">Called with the newest value.</param>
    /// <returns>
    /// Ends the subscription when disposed, as often as one likes. It waits for nothing, so that a handler may dispose its own: a call that
    /// is under way or about to begin at that moment still takes place.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is <see langword="null"/>.</exception>
    IDisposable OnChange(Action<T> handler);
}

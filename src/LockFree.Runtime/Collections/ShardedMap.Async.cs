using System.Runtime.CompilerServices;

namespace LockFree;

/// <content>
/// Adding the result of an asynchronous factory that must run once. What is under way for a key is kept in a map of its own, under the key, from the
/// moment the first caller wants it until its run has ended.
/// </content>
public sealed partial class ShardedMap<TKey, TValue>
{
    // Flights are stored as objects: a map of AsyncFlight<TKey, TValue> would need a map of AsyncFlight<TKey, AsyncFlight<TKey, TValue>>, and
    // so on without end.
    private ShardedMap<TKey, object>? _flights;

    /// <inheritdoc cref="GetOrAddAsync(TKey, Func{TKey, CancellationToken, ValueTask{TValue}}, CancellationToken)"/>
    public ValueTask<TValue> GetOrAddAsync(TKey key, Func<TKey, CancellationToken, ValueTask<TValue>> valueFactory) =>
        GetOrAddAsync(key, valueFactory, CancellationToken.None);

    /// <summary>
    /// Gets the value of a key, making it first if it is missing: one run of a factory at a time however many callers there are, and all of them get its
    /// result. A caller that leaves, by its token, harms no other; when the last has left, the factory's token is cancelled. An exception of the factory
    /// reaches the callers who are waiting then, nothing is stored, and the next caller tries again.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="valueFactory">
    /// Makes the value. Runs on the thread pool, without a lock and without the caller's context, and may use the map. Its token is not that of any caller.
    /// </param>
    /// <param name="cancellationToken">Lets this caller leave. It is not looked at when the map has the key already.</param>
    /// <returns>The value the map has for the key; completed without allocation if the map has it already.</returns>
    /// <remarks>
    /// If the key is added by another member of the map while the factory runs, that value stays and is returned, and the factory's is dropped. The runs
    /// of <see cref="GetOrAddOnce(TKey, Func{TKey, TValue})"/> are not waited for.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="valueFactory"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The factory waits, directly or through others, for its own result.</exception>
    /// <exception cref="OperationCanceledException">This caller's token was cancelled, or the factory gave up.</exception>
    public ValueTask<TValue> GetOrAddAsync(
        TKey key, Func<TKey, CancellationToken, ValueTask<TValue>> valueFactory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(valueFactory);
        return TryGetValue(key, out TValue? value)
            ? new ValueTask<TValue>(value)
            : JoinFlightAsync(key, static (key, valueFactory, token) => valueFactory(key, token), valueFactory, cancellationToken);
    }

    /// <summary>
    /// As <see cref="GetOrAddAsync(TKey, Func{TKey, CancellationToken, ValueTask{TValue}}, CancellationToken)"/>, with an argument for the factory, which
    /// then needs no closure.
    /// </summary>
    /// <typeparam name="TArg">The type of the argument.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="valueFactory">Makes the value from the key and the argument.</param>
    /// <param name="factoryArgument">Handed to the factory.</param>
    /// <param name="cancellationToken">Lets this caller leave.</param>
    /// <returns>The value the map has for the key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="valueFactory"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The factory waits, directly or through others, for its own result.</exception>
    /// <exception cref="OperationCanceledException">This caller's token was cancelled, or the factory gave up.</exception>
    public ValueTask<TValue> GetOrAddAsync<TArg>(
        TKey key,
        Func<TKey, TArg, CancellationToken, ValueTask<TValue>> valueFactory,
        TArg factoryArgument,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(valueFactory);
        return TryGetValue(key, out TValue? value)
            ? new ValueTask<TValue>(value)
            : JoinFlightAsync(key, valueFactory, factoryArgument, cancellationToken);
    }

    private async ValueTask<TValue> JoinFlightAsync<TArg>(
        TKey key, Func<TKey, TArg, CancellationToken, ValueTask<TValue>> valueFactory, TArg factoryArgument, CancellationToken cancellationToken)
    {
        while (true)
        {
            var flight = (AsyncFlight<TKey, TValue>)Flights().GetOrAdd(key, static key => new AsyncFlight<TKey, TValue>(key));
            // Before the wait: a value that this call may return is in the map at some moment after this.
            bool hasComeLate = flight.IsLanding;
            bool isOver = false;
            try
            {
                (bool hasLanded, TValue value) = await flight.Once.GetAsync(
                    static (run, token) => run.Map.FlyAsync(run.Flight, run.Factory, run.Argument, token),
                    (Map: this, Flight: flight, Factory: valueFactory, Argument: factoryArgument),
                    cancellationToken).ConfigureAwait(false);
                if (hasLanded && !hasComeLate)
                    return value;
                isOver = true;
            }
            finally
            {
                // A run removes its flight when it ends. Who leaves before any has begun, as with a token that is cancelled already, has to do so himself:
                // there may never be one. And whoever finds a flight that is over does so too: its owner may have failed to where the key's hash throws.
                if (isOver || flight.TryTake())
                    Flights().TryRemove(KeyValuePair.Create<TKey, object>(key, flight));
            }
        }
    }

    private async ValueTask<(bool HasLanded, TValue Value)> FlyAsync<TArg>(
        AsyncFlight<TKey, TValue> flight,
        Func<TKey, TArg, CancellationToken, ValueTask<TValue>> valueFactory,
        TArg factoryArgument,
        CancellationToken cancellationToken)
    {
        // An earlier run of this flight has ended since the caller found it, or somebody has given it up: the key may have a new one by now, and only
        // that may run.
        if (!flight.TryTake())
            return (false, default!);
        TKey key = flight.Key;
        try
        {
            // The key may have been added after the caller looked.
            flight.IsLanding = true;
            if (TryGetValue(key, out TValue? existing))
                return (true, existing);
            flight.IsLanding = false;
            TValue value = await valueFactory(key, factoryArgument, cancellationToken).ConfigureAwait(false);
            flight.IsLanding = true;
            return (true, TryAdd(key, value, out existing) ? value : existing);
        }
        finally
        {
            Flights().TryRemove(KeyValuePair.Create<TKey, object>(key, flight));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ShardedMap<TKey, object> Flights()
    {
        // Exchange: of several first callers all use the one map that is stored.
        if (Volatile.Read(ref _flights) is null)
            Interlocked.CompareExchange(ref _flights, new ShardedMap<TKey, object>(Comparer), null);
        return _flights!;
    }
}

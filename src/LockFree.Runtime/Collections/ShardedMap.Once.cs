using System.Runtime.CompilerServices;

namespace LockFree;

/// <content>
/// Adding the result of a factory that must run once. A run is announced in a map of its own, where exactly one caller can add it; the others wait for
/// it without holding anything.
/// </content>
public sealed partial class ShardedMap<TKey, TValue>
{
    private ShardedMap<TKey, OnceRun>? _onceRuns;

    /// <summary>
    /// Gets the value of a key, adding it first if it is missing. However many callers race for a missing key, one of them runs its factory and the
    /// others wait for the result. If the factory throws, its caller gets the exception, nothing is stored and a waiting caller tries in its turn.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="valueFactory">
    /// Makes the value. Runs on this thread, without a lock, and may use the map.
    /// </param>
    /// <returns>The value the map has for the key.</returns>
    /// <remarks>
    /// If the key is added by another member of the map while the factory runs, that value stays and is returned, and the factory's is dropped.
    /// Whatever a factory starts and leaves running counts as part of it until it has ended, unless started under
    /// <see cref="ExecutionContext.SuppressFlow"/>: it cannot wait for the factory's result.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="valueFactory"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The factory waits, directly or through others, for its own result.</exception>
    public TValue GetOrAddOnce(TKey key, Func<TKey, TValue> valueFactory) => GetOrAddOnce(key, valueFactory, out _);

    /// <summary>As <see cref="GetOrAddOnce(TKey, Func{TKey, TValue})"/>, and tells whether this call added the value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="valueFactory">Makes the value; runs without a lock and may use the map.</param>
    /// <param name="added">Whether this call's factory made the value.</param>
    /// <returns>The value the map has for the key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="valueFactory"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The factory waits, directly or through others, for its own result.</exception>
    public TValue GetOrAddOnce(TKey key, Func<TKey, TValue> valueFactory, out bool added)
    {
        ArgumentNullException.ThrowIfNull(valueFactory);
        return GetOrAddOnce(key, static (key, valueFactory) => valueFactory(key), valueFactory, out added);
    }

    /// <summary>As <see cref="GetOrAddOnce(TKey, Func{TKey, TValue})"/>, with an argument for the factory, which then needs no closure.</summary>
    /// <typeparam name="TArg">The type of the argument.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="valueFactory">Makes the value; runs without a lock and may use the map.</param>
    /// <param name="factoryArgument">Handed to the factory.</param>
    /// <returns>The value the map has for the key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="valueFactory"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The factory waits, directly or through others, for its own result.</exception>
    public TValue GetOrAddOnce<TArg>(TKey key, Func<TKey, TArg, TValue> valueFactory, TArg factoryArgument)
        where TArg : allows ref struct => GetOrAddOnce(key, valueFactory, factoryArgument, out _);

    /// <summary>
    /// As <see cref="GetOrAddOnce(TKey, Func{TKey, TValue}, out bool)"/>, with an argument for the factory, which then needs no closure.
    /// </summary>
    /// <typeparam name="TArg">The type of the argument.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="valueFactory">Makes the value; runs without a lock and may use the map.</param>
    /// <param name="factoryArgument">Handed to the factory.</param>
    /// <param name="added">Whether this call's factory made the value.</param>
    /// <returns>The value the map has for the key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="valueFactory"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The factory waits, directly or through others, for its own result.</exception>
    public TValue GetOrAddOnce<TArg>(TKey key, Func<TKey, TArg, TValue> valueFactory, TArg factoryArgument, out bool added)
        where TArg : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(valueFactory);
        added = false;
        if (TryGetValue(key, out TValue? existing))
            return existing;

        ShardedMap<TKey, OnceRun> runs = OnceRuns();
        while (true)
        {
            var run = new OnceRun();
            if (runs.TryAdd(key, run, out OnceRun? other))
            {
                try
                {
                    // A run that this one is started by cannot end before it: whoever would wait for that run from in here must be refused,
                    // be it the factory or the keys' own hash and equality.
                    using (BeginWait(key, run))
                    using (run.Node.Enter())
                    {
                        // The run before this one may have ended after we looked.
                        return TryGetValue(key, out existing) ? existing : RunOnce(key, valueFactory, factoryArgument, out added);
                    }
                }
                finally
                {
                    run.End();
                    runs.TryRemove(KeyValuePair.Create(key, run));
                }
            }
            using (BeginWait(key, other))
                other.Wait();
            // Its owner does so too, but may have failed to where the keys' hash throws.
            runs.TryRemove(KeyValuePair.Create(key, other));
            if (TryGetValue(key, out existing))
                return existing;
        }
    }

    private TValue RunOnce<TArg>(TKey key, Func<TKey, TArg, TValue> valueFactory, TArg factoryArgument, out bool added)
        where TArg : allows ref struct
    {
        TValue value = valueFactory(key, factoryArgument);
        added = TryAdd(key, HashOf(key), value, out TValue? existing);
        return added ? value : existing!;
    }

    private static WaitNode.Wait BeginWait(TKey key, OnceRun run) =>
        WaitNode.TryBeginWait(run.Node, out WaitNode.Wait wait)
            ? wait
            : throw new InvalidOperationException(
                $"The factory of the key '{key}' waits, directly or through other factories, for its own result. Break the circle: let one of them get "
                + "what it needs later, when it is used.");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ShardedMap<TKey, OnceRun> OnceRuns()
    {
        // Exchange: of several first callers all use the one map that is stored.
        if (Volatile.Read(ref _onceRuns) is null)
            Interlocked.CompareExchange(ref _onceRuns, new ShardedMap<TKey, OnceRun>(Comparer), null);
        return _onceRuns!;
    }
}

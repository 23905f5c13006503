using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LockFree;

/// <content>Adding entries.</content>
public sealed partial class ShardedMap<TKey, TValue>
{
    /// <summary>Adds an entry if the map does not have its key. Atomic.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether the entry was added.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public bool TryAdd(TKey key, TValue value)
    {
        ulong hash = HashOf(key);
        return (_comparer is null && TryAddPlainly(key, hash, value)) || TryAddThoroughly(key, hash, value);
    }

    /// <summary>Adds an entry if the map does not have its key, else gets the value that is there. Atomic.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="existing">The value the map has already, or the default if the entry was added.</param>
    /// <returns>Whether the entry was added.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public bool TryAdd(TKey key, TValue value, [MaybeNullWhen(true)] out TValue existing) =>
        TryAdd(key, HashOf(key), value, out existing);

    /// <summary>Adds an entry.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="ArgumentException">The map has the key already.</exception>
    public void Add(TKey key, TValue value)
    {
        if (!TryAdd(key, value))
            throw new ArgumentException($"The map has the key '{key}' already.", nameof(key));
    }

    /// <summary>Gets the value of a key, adding it first if it is missing. Atomic.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value to add.</param>
    /// <returns>The value the map has for the key: the one given or the one that was there.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public TValue GetOrAdd(TKey key, TValue value)
    {
        if (TryGetValue(key, out TValue? existing))
            return existing;
        return TryAdd(key, HashOf(key), value, out existing) ? value : existing;
    }

    /// <summary>
    /// Gets the value of a key, adding it first if it is missing. Callers who race for a missing key may each run their factory, but all get the
    /// one value that was stored; see <see cref="GetOrAddOnce(TKey, Func{TKey, TValue})"/> for a factory that must run once.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="valueFactory">Makes the value; runs without a lock and may use the map.</param>
    /// <returns>The value the map has for the key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="valueFactory"/> is null.</exception>
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> valueFactory)
    {
        ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(valueFactory);
        if (TryGetValue(key, out TValue? existing))
            return existing;
        TValue value = valueFactory(key);
        return TryAdd(key, HashOf(key), value, out existing) ? value : existing;
    }

    /// <summary>As <see cref="GetOrAdd(TKey, Func{TKey, TValue})"/>, with an argument for the factory, which then needs no closure.</summary>
    /// <typeparam name="TArg">The type of the argument.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="valueFactory">Makes the value; runs without a lock and may use the map.</param>
    /// <param name="factoryArgument">Handed to the factory.</param>
    /// <returns>The value the map has for the key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="valueFactory"/> is null.</exception>
    public TValue GetOrAdd<TArg>(TKey key, Func<TKey, TArg, TValue> valueFactory, TArg factoryArgument)
        where TArg : allows ref struct
    {
        ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(valueFactory);
        if (TryGetValue(key, out TValue? existing))
            return existing;
        TValue value = valueFactory(key, factoryArgument);
        return TryAdd(key, HashOf(key), value, out existing) ? value : existing;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAddThoroughly(TKey key, ulong hash, TValue value)
    {
        Cursor cursor = default;
        SpinWait wait = default;
        while (!Seek(key, hash, ref cursor, ref wait))
        {
            if (TryInsert(ref cursor, key, value, ref wait))
                return true;
        }
        return false;
    }

    private bool TryAdd(TKey key, ulong hash, TValue value, [MaybeNullWhen(true)] out TValue existing)
    {
        Cursor cursor = default;
        SpinWait wait = default;
        while (true)
        {
            if (Seek(key, hash, ref cursor, ref wait))
            {
                if (cursor.TryRead(out existing))
                    return false;
            }
            else if (TryInsert(ref cursor, key, value, ref wait))
            {
                existing = default;
                return true;
            }
        }
    }
}

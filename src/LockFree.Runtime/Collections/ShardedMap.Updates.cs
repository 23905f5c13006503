using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LockFree;

/// <content>
/// Changing the value of one key. Functions of the caller's run on a value read without a lock; their result is stored only if the entry still has
/// that value. They run again only if it has not: a change of a neighbour in the same bucket repeats the search, not the function.
/// </content>
public sealed partial class ShardedMap<TKey, TValue>
{
    /// <summary>Sets the value of a key, adding the key if it is missing, and gets the value it displaced. Atomic.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its new value.</param>
    /// <param name="previous">The value it had, or the default if it was missing.</param>
    /// <returns>Whether the map had the key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public bool Exchange(TKey key, TValue value, [MaybeNullWhen(false)] out TValue previous)
    {
        ulong hash = HashOf(key);
        Cursor cursor = default;
        SpinWait wait = default;
        while (true)
        {
            if (Seek(key, hash, ref cursor, ref wait))
            {
                if (!TryLock(ref cursor, ref wait))
                    continue;
                previous = cursor.Entry.Value;
                ReplaceAndUnlock(ref cursor, value);
                return true;
            }
            if (TryInsert(ref cursor, key, value, ref wait))
            {
                previous = default;
                return false;
            }
        }
    }

    /// <summary>Sets the value of a key if it equals another value. Atomic.</summary>
    /// <param name="key">The key.</param>
    /// <param name="newValue">Its new value.</param>
    /// <param name="comparand">The value it must have; compared by the default equality of <typeparamref name="TValue"/>.</param>
    /// <returns>Whether the value was set; false also if the map does not have the key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public bool TryUpdate(TKey key, TValue newValue, TValue comparand)
    {
        ulong hash = HashOf(key);
        Cursor cursor = default;
        SpinWait wait = default;
        while (Seek(key, hash, ref cursor, ref wait))
        {
            if (!cursor.TryRead(out TValue current))
                continue;
            if (!EqualityComparer<TValue>.Default.Equals(current, comparand))
                return false;
            if (!TryLock(ref cursor, current, ref wait))
                continue;
            ReplaceAndUnlock(ref cursor, newValue);
            return true;
        }
        return false;
    }

    /// <summary>Replaces the value of a key by what a function makes of it. Atomic.</summary>
    /// <param name="key">The key.</param>
    /// <param name="updater">
    /// Makes the new value from the key and the current value. Runs without a lock and may use the map; runs again if another writer changed the
    /// value meanwhile, and its last result is the one stored.
    /// </param>
    /// <param name="updated">The value stored, or the default if the map does not have the key.</param>
    /// <returns>Whether the map had the key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="updater"/> is null.</exception>
    public bool TryUpdate(TKey key, Func<TKey, TValue, TValue> updater, [MaybeNullWhen(false)] out TValue updated)
    {
        ArgumentNullException.ThrowIfNull(updater);
        return TryUpdate(key, static (key, value, updater) => updater(key, value), updater, out updated);
    }

    /// <summary>
    /// As <see cref="TryUpdate(TKey, Func{TKey, TValue, TValue}, out TValue)"/>, with an argument for the updater, which then needs no closure.
    /// </summary>
    /// <typeparam name="TArg">The type of the argument.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="updater">Makes the new value from the key, the current value and the argument; may run more than once.</param>
    /// <param name="updaterArgument">Handed to the updater.</param>
    /// <param name="updated">The value stored, or the default if the map does not have the key.</param>
    /// <returns>Whether the map had the key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="updater"/> is null.</exception>
    public bool TryUpdate<TArg>(
        TKey key, Func<TKey, TValue, TArg, TValue> updater, TArg updaterArgument, [MaybeNullWhen(false)] out TValue updated)
        where TArg : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(updater);
        ulong hash = HashOf(key);
        Cursor cursor = default;
        SpinWait wait = default;
        Seen seen = default;
        TValue result = default!;
        while (Seek(key, hash, ref cursor, ref wait))
        {
            if (!cursor.TryRead(out TValue current))
                continue;
            if (!seen.Is(current))
            {
                result = updater(key, current, updaterArgument);
                seen = new Seen(current);
            }
            if (!TryLock(ref cursor, current, ref wait))
                continue;
            ReplaceAndUnlock(ref cursor, result);
            updated = result;
            return true;
        }
        updated = default;
        return false;
    }

    /// <summary>Adds a key, or replaces its value by what a function makes of it. Atomic.</summary>
    /// <param name="key">The key.</param>
    /// <param name="addValue">The value to add if the key is missing.</param>
    /// <param name="updateValueFactory">
    /// Makes the new value from the key and the current value. Runs without a lock and may use the map; runs again if another writer changed the
    /// value meanwhile.
    /// </param>
    /// <returns>The value stored.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="updateValueFactory"/> is null.</exception>
    public TValue AddOrUpdate(TKey key, TValue addValue, Func<TKey, TValue, TValue> updateValueFactory)
    {
        ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(updateValueFactory);
        return AddOrUpdate(
            key,
            static (_, argument) => argument.addValue,
            static (key, value, argument) => argument.updateValueFactory(key, value),
            (addValue, updateValueFactory));
    }

    /// <summary>Adds a key with a value from one function, or replaces its value by what another makes of it. Atomic.</summary>
    /// <param name="key">The key.</param>
    /// <param name="addValueFactory">Makes the value to add if the key is missing; may run although the key turns out to be there.</param>
    /// <param name="updateValueFactory">Makes the new value from the key and the current value; may run more than once.</param>
    /// <returns>The value stored.</returns>
    /// <remarks>Both functions run without a lock and may use the map.</remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public TValue AddOrUpdate(TKey key, Func<TKey, TValue> addValueFactory, Func<TKey, TValue, TValue> updateValueFactory)
    {
        ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(addValueFactory);
        ArgumentNullException.ThrowIfNull(updateValueFactory);
        return AddOrUpdate(
            key,
            static (key, argument) => argument.addValueFactory(key),
            static (key, value, argument) => argument.updateValueFactory(key, value),
            (addValueFactory, updateValueFactory));
    }

    /// <summary>
    /// As <see cref="AddOrUpdate(TKey, Func{TKey, TValue}, Func{TKey, TValue, TValue})"/>, with an argument for the functions, which then need no
    /// closure.
    /// </summary>
    /// <typeparam name="TArg">The type of the argument.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="addValueFactory">Makes the value to add if the key is missing; may run although the key turns out to be there.</param>
    /// <param name="updateValueFactory">Makes the new value from the key, the current value and the argument; may run more than once.</param>
    /// <param name="factoryArgument">Handed to both functions.</param>
    /// <returns>The value stored.</returns>
    /// <exception cref="ArgumentNullException">The key or a function is null.</exception>
    public TValue AddOrUpdate<TArg>(
        TKey key, Func<TKey, TArg, TValue> addValueFactory, Func<TKey, TValue, TArg, TValue> updateValueFactory, TArg factoryArgument)
        where TArg : allows ref struct
    {
        ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(addValueFactory);
        ArgumentNullException.ThrowIfNull(updateValueFactory);
        ulong hash = HashOf(key);
        Cursor cursor = default;
        SpinWait wait = default;
        Seen seen = default;
        TValue updated = default!;
        TValue added = default!;
        bool hasAdded = false;
        while (true)
        {
            if (Seek(key, hash, ref cursor, ref wait))
            {
                if (!cursor.TryRead(out TValue current))
                    continue;
                if (!seen.Is(current))
                {
                    updated = updateValueFactory(key, current, factoryArgument);
                    seen = new Seen(current);
                }
                if (!TryLock(ref cursor, current, ref wait))
                    continue;
                ReplaceAndUnlock(ref cursor, updated);
                return updated;
            }
            if (!hasAdded)
            {
                added = addValueFactory(key, factoryArgument);
                hasAdded = true;
            }
            if (TryInsert(ref cursor, key, added, ref wait))
                return added;
        }
    }

    private void Set(TKey key, TValue value)
    {
        ulong hash = HashOf(key);
        if (_comparer is not null || !TrySetPlainly(key, hash, value))
            SetThoroughly(key, hash, value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SetThoroughly(TKey key, ulong hash, TValue value)
    {
        Cursor cursor = default;
        SpinWait wait = default;
        while (true)
        {
            if (Seek(key, hash, ref cursor, ref wait))
            {
                if (!TryLock(ref cursor, ref wait))
                    continue;
                ReplaceAndUnlock(ref cursor, value);
                return;
            }
            if (TryInsert(ref cursor, key, value, ref wait))
                return;
        }
    }

    /// <summary>The value a function of the caller's has been run on, if any.</summary>
    private readonly struct Seen(TValue value)
    {
        private readonly bool _hasValue = true;
        private readonly TValue _value = value;

        public bool Is(TValue current) => _hasValue && Atomicity<TValue>.IsSame(_value, current);
    }
}

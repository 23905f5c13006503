using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LockFree;

/// <content>Removing one key, or what a predicate selects.</content>
public sealed partial class ShardedMap<TKey, TValue>
{
    /// <summary>Removes a key and gets the value it had. Atomic: of several callers one gets the value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value it had, or the default if the map did not have it.</param>
    /// <returns>Whether the map had the key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public bool TryRemove(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        ulong hash = HashOf(key);
        return (_comparer is null && TryRemovePlainly(key, hash, out value)) || TryRemoveThoroughly(key, hash, out value);
    }

    /// <summary>Removes a key if it has a certain value. Atomic.</summary>
    /// <param name="item">The key and the value it must have; values are compared by the default equality of <typeparamref name="TValue"/>.</param>
    /// <returns>Whether the entry was removed.</returns>
    /// <exception cref="ArgumentNullException">The key is null.</exception>
    public bool TryRemove(KeyValuePair<TKey, TValue> item) =>
        TryRemove(item.Key, static (_, current, expected) => EqualityComparer<TValue>.Default.Equals(current, expected), item.Value, out _);

    /// <summary>Removes a key if a predicate selects it, and gets the value it had. Atomic: what is removed is what the predicate saw.</summary>
    /// <param name="key">The key.</param>
    /// <param name="predicate">
    /// Given the key and its value. Runs without a lock and may use the map; runs again if another writer changed the value meanwhile.
    /// </param>
    /// <param name="value">The value that was removed, or the default.</param>
    /// <returns>Whether the entry was removed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="predicate"/> is null.</exception>
    public bool TryRemove(TKey key, Func<TKey, TValue, bool> predicate, [MaybeNullWhen(false)] out TValue value)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return TryRemove(key, static (key, value, predicate) => predicate(key, value), predicate, out value);
    }

    /// <summary>
    /// As <see cref="TryRemove(TKey, Func{TKey, TValue, bool}, out TValue)"/>, with an argument for the predicate, which then needs no closure.
    /// </summary>
    /// <typeparam name="TArg">The type of the argument.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="predicate">Given the key, its value and the argument; may run more than once.</param>
    /// <param name="predicateArgument">Handed to the predicate.</param>
    /// <param name="value">The value that was removed, or the default.</param>
    /// <returns>Whether the entry was removed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="predicate"/> is null.</exception>
    public bool TryRemove<TArg>(
        TKey key, Func<TKey, TValue, TArg, bool> predicate, TArg predicateArgument, [MaybeNullWhen(false)] out TValue value)
        where TArg : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return TryRemove(key, default, predicate, predicateArgument, out value);
    }

    /// <summary>
    /// Removes every entry that a predicate selects. Each removal is atomic, the whole is not: entries that come meanwhile may be passed over.
    /// </summary>
    /// <param name="predicate">
    /// Given the key and its value. Runs without a lock and may use the map; runs again on an entry another writer changed meanwhile.
    /// </param>
    /// <returns>How many entries were removed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="predicate"/> is null.</exception>
    public int RemoveWhere(Func<TKey, TValue, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        int removed = 0;
        foreach (KeyValuePair<TKey, TValue> entry in this)
        {
            if (predicate(entry.Key, entry.Value)
                && TryRemove(entry.Key, new Seen(entry.Value), static (key, value, predicate) => predicate(key, value), predicate, out _))
                removed++;
        }
        return removed;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryRemoveThoroughly(TKey key, ulong hash, [MaybeNullWhen(false)] out TValue value)
    {
        Cursor cursor = default;
        SpinWait wait = default;
        while (Seek(key, hash, ref cursor, ref wait))
        {
            if (!TryLock(ref cursor, ref wait))
                continue;
            value = RemoveAndUnlock(ref cursor);
            return true;
        }
        value = default;
        return false;
    }

    /// <summary>Removes a key if its value is the one the predicate was run on already with success, or if the predicate selects it.</summary>
    private bool TryRemove<TArg>(
        TKey key, Seen seen, Func<TKey, TValue, TArg, bool> predicate, TArg predicateArgument, [MaybeNullWhen(false)] out TValue value)
        where TArg : allows ref struct
    {
        ulong hash = HashOf(key);
        Cursor cursor = default;
        SpinWait wait = default;
        while (Seek(key, hash, ref cursor, ref wait))
        {
            if (!cursor.TryRead(out TValue current))
                continue;
            if (!seen.Is(current))
            {
                if (!predicate(key, current, predicateArgument))
                    break;
                seen = new Seen(current);
            }
            if (!TryLock(ref cursor, current, ref wait))
                continue;
            value = RemoveAndUnlock(ref cursor);
            return true;
        }
        value = default;
        return false;
    }
}

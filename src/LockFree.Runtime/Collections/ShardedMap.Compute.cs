namespace LockFree;

/// <content>The most general change of one key.</content>
public sealed partial class ShardedMap<TKey, TValue>
{
    /// <summary>Lets a function look at a key and insert, update, remove or leave it. Atomic.</summary>
    /// <typeparam name="TArg">The type of the argument.</typeparam>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="argument">Handed to the function, which then needs no closure.</param>
    /// <param name="function">
    /// Given the key, its entry to look at and change, and the argument. Runs without a lock and may use the map; runs again if another writer
    /// changed the entry meanwhile, and only its last run counts.
    /// </param>
    /// <returns>What the function's last run returned.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="function"/> is null.</exception>
    /// <example>
    /// <code>
    /// // Takes one from a stock and removes it when it is empty.
    /// bool taken = stock.Compute("apples", 1, static (string name, ref MapEntry&lt;int&gt; entry, int wanted) =>
    /// {
    ///     if (entry.GetValueOrDefault() &lt; wanted)
    ///         return false;
    ///     entry.Value -= wanted;
    ///     if (entry.Value == 0)
    ///         entry.Remove();
    ///     return true;
    /// });
    /// </code>
    /// </example>
    public TResult Compute<TArg, TResult>(TKey key, TArg argument, MapFunction<TKey, TValue, TArg, TResult> function)
        where TArg : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(function);
        ulong hash = HashOf(key);
        Cursor cursor = default;
        SpinWait wait = default;
        Seen seen = default;
        bool hasSeenNothing = false;
        MapEntry<TValue> entry = default;
        TResult result = default!;
        while (true)
        {
            TValue? current = default;
            bool exists = Seek(key, hash, ref cursor, ref wait);
            if (exists && !cursor.TryRead(out current))
                continue;
            if (exists ? !seen.Is(current!) : !hasSeenNothing)
            {
                entry = new MapEntry<TValue>(exists, current);
                result = function(key, ref entry, argument);
                seen = exists ? new Seen(current!) : default;
                hasSeenNothing = !exists;
            }
            if (!entry.IsChanged || TryApply(ref cursor, key, exists, current!, entry, ref wait))
                return result;
        }
    }

    private bool TryApply(
        scoped ref Cursor cursor, TKey key, bool exists, TValue current, MapEntry<TValue> entry, scoped ref SpinWait wait)
    {
        if (!exists)
            return !entry.Exists || TryInsert(ref cursor, key, entry.Value, ref wait);
        if (!TryLock(ref cursor, current, ref wait))
            return false;
        if (entry.Exists)
            ReplaceAndUnlock(ref cursor, entry.Value);
        else
            RemoveAndUnlock(ref cursor);
        return true;
    }
}

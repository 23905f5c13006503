using System.Runtime.ExceptionServices;

namespace LockFree;

/// <content>What concerns the whole map.</content>
public sealed partial class ShardedMap<TKey, TValue>
{
    /// <summary>
    /// Removes all entries and lets go of their memory. Atomic: an operation under way at the same time takes effect before or after it.
    /// </summary>
    public void Clear() =>
        // Full fence. The counter goes with the table, so that whoever is still busy with the old one counts there.
        Interlocked.Exchange(ref _table, NewTable(DefaultLog, new StripedCounter()));

    /// <summary>
    /// Removes all entries and returns them, each to exactly one of the callers who remove it. Goes bucket by bucket: entries added meanwhile may be
    /// among the result or stay in the map.
    /// </summary>
    /// <returns>The entries removed.</returns>
    public KeyValuePair<TKey, TValue>[] Drain()
    {
        Table<TKey, TValue> table = Volatile.Read(ref _table);
        var drained = new EntryBuffer<TKey, TValue>(table.Count.Value);
        try
        {
            for (int index = 0; index < table.Buckets.Length; index++)
                DrainBucket(table, index, ref drained);
            return drained.ToArray();
        }
        catch
        {
            // Memory has run out, or the thread was interrupted while it waited for a bucket.
            PutBack(drained.Entries);
            throw;
        }
    }

    /// <summary>Makes room for a number of entries, so that adding up to it needs no growth.</summary>
    /// <param name="capacity">How many entries.</param>
    /// <returns>How many entries the map takes before it grows.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is negative.</exception>
    /// <exception cref="OutOfMemoryException">There is no memory for a table of this size; the map is as before.</exception>
    public int EnsureCapacity(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        SpinWait wait = default;
        while (true)
        {
            Table<TKey, TValue> table = SettledTable();
            if (table.Capacity >= capacity)
                return (int)Math.Min(int.MaxValue, table.Capacity);
            // Who does not get the right to make the next table waits for the one who has it and is allocating it.
            if (!TryResize(table, LogFor(capacity)))
                Pause(ref wait);
        }
    }

    /// <summary>
    /// Moves the entries into the smallest table that takes them, with chains no longer than they have to be, and lets go of the rest. Others may
    /// read and write meanwhile.
    /// </summary>
    /// <exception cref="OutOfMemoryException">There is no memory for the smaller table; the map is as before.</exception>
    public void TrimExcess()
    {
        Table<TKey, TValue> table = SettledTable();
        int log = LogFor(table.Count.Value);
        if (log < table.Log || table.Overflow.IsUsed)
            // Who does not get the right to make the next table has been overtaken by another thread that wants a new one.
            TryResize(table, Math.Min(log, table.Log));
    }

    /// <summary>The table, once no move is under way.</summary>
    private Table<TKey, TValue> SettledTable()
    {
        while (true)
        {
            Table<TKey, TValue> table = Volatile.Read(ref _table);
            if (Volatile.Read(ref table.Next) is null)
                return table;
            CompleteMove(table);
        }
    }

    private bool TryResize(Table<TKey, TValue> table, int log)
    {
        if (!table.TryBeginMigration())
            return false;
        BeginMigration(table, log);
        CompleteMove(table);
        return true;
    }

    /// <summary>
    /// Returns entries that nobody has got to the map. Where a key has been added again, that is the newer entry. One whose hash or equality throws cannot be
    /// returned; the first such exception is thrown when all others are back.
    /// </summary>
    private void PutBack(ReadOnlySpan<KeyValuePair<TKey, TValue>> entries)
    {
        bool isInterrupted = false;
        Exception? failure = null;
        foreach (KeyValuePair<TKey, TValue> entry in entries)
        {
            // Each finds the room it left, unless another writer has taken it. Then it may need a block for which there is no memory, but it is
            // neither here nor there until it is back: better late than lost.
            while (!TryPutBack(entry, ref isInterrupted, ref failure))
                Thread.Yield();
        }
        if (isInterrupted)
            Thread.CurrentThread.Interrupt();
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    private bool TryPutBack(KeyValuePair<TKey, TValue> entry, ref bool isInterrupted, ref Exception? failure)
    {
        try
        {
            TryAdd(entry.Key, entry.Value);
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
        catch (ThreadInterruptedException)
        {
            isInterrupted = true;
            return false;
        }
        catch (Exception exception)
        {
            failure ??= exception;
            return true;
        }
    }

    private static void DrainBucket(Table<TKey, TValue> table, int index, scoped ref EntryBuffer<TKey, TValue> drained)
    {
        ref Bucket<TKey, TValue> root = ref table.Buckets[index];
        SpinWait wait = default;
        while (true)
        {
            // Version before word: acquire reads.
            uint version = Volatile.Read(ref root.Version);
            ulong word = Volatile.Read(ref root.Word);
            if ((word & BucketWord.Moved) != 0)
            {
                Table<TKey, TValue> next = table.Successor();
                (int first, int count) = next.BucketsOf(table, index);
                for (int i = first; i < first + count; i++)
                    DrainBucket(next, i, ref drained);
                return;
            }
            // Room is made before the lock, because that may fail. The number of entries cannot change unless word or version does.
            if ((word & BucketWord.Locked) == 0)
            {
                drained.MakeRoom(CountEntries(table, ref root, word));
                if (TryLock(ref root, word, version))
                {
                    TakeEntriesAndUnlock(table, ref root, word, ref drained);
                    return;
                }
            }
            Pause(ref wait);
        }
    }

    private static int CountEntries(Table<TKey, TValue> table, ref Bucket<TKey, TValue> root, ulong word)
    {
        int count = 0;
        var entries = new EntryWalk<TKey, TValue>(table, ref root, word);
        while (entries.MoveNext())
            count++;
        return count;
    }

    private static void TakeEntriesAndUnlock(
        Table<TKey, TValue> table, ref Bucket<TKey, TValue> root, ulong word, scoped ref EntryBuffer<TKey, TValue> drained)
    {
        int before = drained.Count;
        var entries = new EntryWalk<TKey, TValue>(table, ref root, word);
        while (entries.MoveNext())
            drained.Add(ref entries.Current);

        // As for a single removal: all tags off, version on, references cleared, unlock.
        Volatile.Write(ref root.Word, (word & BucketWord.Overflow) | BucketWord.Locked);
        for (int index = root.Overflow; index != 0; index = table.Overflow[index].Overflow)
            Volatile.Write(ref table.Overflow[index].Word, 0);
        Volatile.Write(ref root.Version, root.Version + 1);
        if (HasReferences)
        {
            Volatile.WriteBarrier();
            Bucket<TKey, TValue>.ClearEntries(ref root);
            for (int index = root.Overflow; index != 0; index = table.Overflow[index].Overflow)
                Bucket<TKey, TValue>.ClearEntries(ref table.Overflow[index]);
        }
        Volatile.Write(ref root.Word, word & BucketWord.Overflow);
        table.Count.Add(before - drained.Count);
    }
}

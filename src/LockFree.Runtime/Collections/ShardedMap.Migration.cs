using System.Runtime.CompilerServices;

namespace LockFree;

/// <content>
/// Growing and shrinking: moving the entries into another table, bucket by bucket, by everybody who writes meanwhile.
/// <list type="bullet">
/// <item>A writer first moves the bucket it is about to change, then takes part in the rest. So nobody changes a bucket that others are trying
/// to move for long.</item>
/// <item>Keys are hashed before the bucket is locked, on the condition that it has not changed since: the hash is the caller's code. If it
/// throws, the bucket stays where it is, in full use, until somebody tries again.</item>
/// <item>All memory is allocated before the lock.</item>
/// <item>Of two buckets locked at a time the one in the next table comes first, and the other is only tried. So nobody waits in a circle.</item>
/// </list>
/// </content>
public sealed partial class ShardedMap<TKey, TValue>
{
    // Tables below this size grow fourfold: their entries are moved half as often, for a few kilobytes.
    private const int SmallLog = 8;

    // Under the lock of a bucket, no more than 2^this others are emptied.
    private const int MaximumGrowthEmptied = 2;

    /// <summary>
    /// How many buckets a writer moves while it is about it. Fewer where keys are objects, each of which may have to be fetched from memory.
    /// </summary>
    private static int BucketsPerHelp => RuntimeHelpers.IsReferenceOrContainsReferences<TKey>() ? 16 : 64;

    /// <summary>
    /// Whether a table, so many times doubled, comes with anything in its buckets, and who moves a bucket empties those it moves to. To clear a large array takes
    /// longer than anything else that an addition may have to do. (An array with references is always cleared; a smaller table has to be, since its buckets
    /// are shared.)
    /// </summary>
    private static bool IsEmptiedByMover(int growth) => !HasReferences && growth is >= 0 and <= MaximumGrowthEmptied;

    /// <summary>Starts growing if the table really is full rather than one bucket unlucky.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowIfCrowded(Table<TKey, TValue> table)
    {
        int log = table.Log + (table.Log < SmallLog ? 2 : 1);
        if (table.Count.Value < table.Capacity || log > Table<TKey, TValue>.MaximumLog)
            return;
        // A table still being filled by the one before it has to wait: it is not yet the map's.
        if (table != Volatile.Read(ref _table) || !table.TryBeginMigration())
            return;
        try
        {
            BeginMigration(table, log);
        }
        catch (OutOfMemoryException)
        {
            // The entry whose arrival brought us here is stored. Chains take what comes until there is memory again.
        }
    }

    /// <summary>Makes the next table, for a caller to whom <see cref="Table{TKey,TValue}.TryBeginMigration"/> gave the right.</summary>
    private static void BeginMigration(Table<TKey, TValue> table, int log)
    {
        try
        {
            Table<TKey, TValue> next = new(log, table.Count, isCleared: !IsEmptiedByMover(log - table.Log));
            // Release: the table before the reference to it.
            Volatile.Write(ref table.Next, next);
        }
        catch
        {
            table.AbandonMigration();
            throw;
        }
    }

    /// <summary>Moves the bucket a writer is about to change, and some more.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void HelpMove(Table<TKey, TValue> table, ulong hash)
    {
        try
        {
            // A table that has been replaced has nothing left to move.
            if (table == Volatile.Read(ref _table))
            {
                Span<ulong> hashes = stackalloc ulong[BucketWord.Slots];
                MoveBuckets(table, (int)(hash >> table.Shift), 1, waits: true, hashes);
                MoveShare(table);
            }
        }
        catch (Exception exception) when (exception is not ThreadInterruptedException)
        {
            // Hashing a stored key failed, or memory ran out. The bucket has stayed where it was, in full use, and this caller asked for another
            // key: it goes on as if there were no move.
        }
    }

    /// <summary>Moves buckets until all are, for callers who want the table they asked for.</summary>
    private void CompleteMove(Table<TKey, TValue> table)
    {
        SpinWait wait = default;
        while (table == Volatile.Read(ref _table) && Volatile.Read(ref table.Next) is not null)
        {
            // Once nothing is left to do here, others are still doing their part.
            if (MoveShare(table) == 0)
                Pause(ref wait);
        }
    }

    private int MoveShare(Table<TKey, TValue> table)
    {
        int count = Math.Min(BucketsPerHelp, table.Buckets.Length);
        Span<ulong> hashes = stackalloc ulong[BucketWord.Slots];
        int first = table.Claim(count);
        int moved = MoveBuckets(table, first, count, waits: false, hashes);
        // Who moved the last ones may have been suspended before it could say so, or be further up on this thread, in the hash of a key. So one look at all
        // of them in every round.
        if (moved == 0 && first == 0 && table.IsMoved)
            Interlocked.CompareExchange(ref _table, table.Next!, table);
        return moved;
    }

    /// <summary>
    /// Moves a range of buckets and returns how many of them this thread has moved. Waits for a bucket in use only if it has to; others come by again.
    /// </summary>
    private int MoveBuckets(Table<TKey, TValue> table, int first, int count, bool waits, Span<ulong> hashes)
    {
        Table<TKey, TValue> next = table.Next!;
        int moved = 0;
        try
        {
            for (int index = first; index < first + count; index++)
            {
                if (index + 1 < first + count)
                    FetchKeys(ref table.Buckets[index + 1]);
                if (TryMoveBucket(table, next, index, waits, ref hashes))
                    moved++;
            }
            return moved;
        }
        finally
        {
            if (moved > 0 && table.CompleteMoves(moved))
                // Fails only where Clear has put another table in the place of this one, or somebody has seen that all are moved.
                Interlocked.CompareExchange(ref _table, next, table);
        }
    }

    /// <summary>Fetches the keys of a bucket that is to be hashed next, where they are objects.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchKeys(ref Bucket<TKey, TValue> bucket)
    {
        if (typeof(TKey).IsValueType)
            return;
        for (int slot = 0; slot < BucketWord.Slots; slot++)
            CacheLines.FetchObject(ref Bucket<TKey, TValue>.EntryAt(ref bucket, slot).Key);
    }

    /// <summary>Moves one bucket; false if somebody else has or, for a caller who does not wait, if somebody else is using it.</summary>
    private bool TryMoveBucket(Table<TKey, TValue> table, Table<TKey, TValue> next, int index, bool waits, scoped ref Span<ulong> hashes)
    {
        ref Bucket<TKey, TValue> source = ref table.Buckets[index];
        SpinWait wait = default;
        while (true)
        {
            // Version before word, both before the entries: acquire reads.
            uint version = Volatile.Read(ref source.Version);
            ulong word = Volatile.Read(ref source.Word);
            if ((word & BucketWord.Moved) != 0)
                return false;
            if ((word & BucketWord.Locked) == 0 && TryHashEntries(table, ref source, version, word, ref hashes, out int count))
            {
                int rented = next.Overflow.Rent(BlocksFor(count, next.Log < table.Log));
                bool isMoved = next.Log < table.Log
                    ? TryMoveTogether(table, next, index, version, word, ref rented)
                    : TryMoveApart(table, next, index, version, word, hashes, ref rented);
                next.Overflow.Return(rented);
                if (isMoved)
                    return true;
            }
            if (!waits)
                return false;
            Pause(ref wait);
        }
    }

    /// <summary>Moves the entries of a bucket into the buckets of a larger table that are its alone.</summary>
    private static bool TryMoveApart(
        Table<TKey, TValue> table, Table<TKey, TValue> next, int index, uint version, ulong word, Span<ulong> hashes, ref int rented)
    {
        ref Bucket<TKey, TValue> source = ref table.Buckets[index];
        if (!TryLock(ref source, word, version))
            return false;
        int shift = next.Log - table.Log;
        if (IsEmptiedByMover(shift))
        {
            // Nobody gets there before the sign below; not even a walk, which follows the same sign.
            foreach (ref Bucket<TKey, TValue> destination in next.Buckets.AsSpan(index << shift, 1 << shift))
                Bucket<TKey, TValue>.MakeEmpty(ref destination);
        }
        int position = 0;
        var entries = new EntryWalk<TKey, TValue>(table, ref source, word);
        while (entries.MoveNext())
        {
            // Within the buckets that are ours even if the key has changed its hash: they are not locked, nobody else gets there yet.
            int target = (index << shift) | ((int)(hashes[position++] >> next.Shift) & ((1 << shift) - 1));
            ref Bucket<TKey, TValue> destination = ref next.Buckets[target];
            ref Entry<TKey, TValue> entry = ref entries.Current;
            destination.Word = Place(next, ref destination, destination.Word, entry.Key, entry.Value, entries.Pattern, ref rented);
        }
        // Release: the entries in the next table before the sign to look for them there. Unlocks as well, for good.
        Volatile.Write(ref source.Word, BucketWord.MovedAway);
        return true;
    }

    /// <summary>Moves the entries of a bucket into the bucket of a smaller table that it shares with its neighbours.</summary>
    private static bool TryMoveTogether(
        Table<TKey, TValue> table, Table<TKey, TValue> next, int index, uint version, ulong word, ref int rented)
    {
        ref Bucket<TKey, TValue> source = ref table.Buckets[index];
        ref Bucket<TKey, TValue> destination = ref next.Buckets[index >> (table.Log - next.Log)];
        ulong destinationWord = Volatile.Read(ref destination.Word);
        if ((destinationWord & BucketWord.Locked) != 0 || !TryLock(ref destination, destinationWord, destination.Version))
            return false;
        if (!TryLock(ref source, word, version))
        {
            Volatile.Write(ref destination.Word, destinationWord);
            return false;
        }
        ulong filled = destinationWord;
        var entries = new EntryWalk<TKey, TValue>(table, ref source, word);
        while (entries.MoveNext())
        {
            ref Entry<TKey, TValue> entry = ref entries.Current;
            filled = Place(next, ref destination, filled, entry.Key, entry.Value, entries.Pattern, ref rented);
        }
        // Release: the entries, then the sign to look for them there, and only then may other writers take them out again.
        Volatile.Write(ref destination.Word, filled | BucketWord.Locked);
        Volatile.Write(ref source.Word, BucketWord.MovedAway);
        Volatile.Write(ref destination.Word, filled);
        return true;
    }

    /// <summary>Hashes the keys of a bucket and its chain in their order. False if the bucket changed meanwhile.</summary>
    private bool TryHashEntries(
        Table<TKey, TValue> table, ref Bucket<TKey, TValue> source, uint version, ulong word, scoped ref Span<ulong> hashes, out int count)
    {
        count = 0;
        var entries = new EntryWalk<TKey, TValue>(table, ref source, word);
        while (entries.MoveNext())
        {
            TKey key = EntryMemory.Read(ref entries.Current.Key);
            // The copy must be whole, and complete before the version is read, before the caller's hash sees it.
            Volatile.ReadBarrier();
            if (source.Version != version)
                return false;
            if (count == hashes.Length)
            {
                var larger = new ulong[count * 2];
                hashes.CopyTo(larger);
                hashes = larger;
            }
            hashes[count++] = HashOf(key);
        }
        return true;
    }

    /// <summary>The blocks that so many entries take at most, where the bucket they go to may be full already.</summary>
    private static int BlocksFor(int entries, bool isShared)
    {
        int usable = Table<TKey, TValue>.UsableSlots;
        return (Math.Max(0, isShared ? entries : entries - usable) + usable - 1) / usable;
    }
}

using System.Runtime.CompilerServices;

namespace LockFree;

/// <content>
/// Changing a bucket. Every change is the same three steps: search without a lock, run whatever code of the caller's there is, then lock on the
/// condition that the bucket is still what the search saw. Between lock and unlock there are a few stores and nothing that could throw.
/// <list type="bullet">
/// <item>Insert: write the entry into a free slot, then set its tag and unlock in one store.</item>
/// <item>Remove: tag off, version on, clear references, unlock.</item>
/// <item>Update of a value wider than one store: write the entry into a free slot of the same block, swap the two tags in one store,
/// then as for a removal.</item>
/// </list>
/// </content>
public sealed partial class ShardedMap<TKey, TValue>
{
    private static bool HasReferences => RuntimeHelpers.IsReferenceOrContainsReferences<Entry<TKey, TValue>>();

    /// <summary>Locks the bucket if it has not changed since it was opened.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryLock(scoped ref Cursor cursor, scoped ref SpinWait wait)
    {
        if (!TryLock(ref cursor.Root, cursor.Word, cursor.Version))
        {
            Pause(ref wait);
            return false;
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryLock(ref Bucket<TKey, TValue> root, ulong word, uint version)
    {
        // Full fence: what the lock protects is neither read nor written before it.
        if (Interlocked.CompareExchange(ref root.Word, word | BucketWord.Locked, word) != word)
            return false;
        // The same tags may have come back after a removal and an insert; the version has not.
        if (root.Version == version)
            return true;
        Volatile.Write(ref root.Word, word);
        return false;
    }

    /// <summary>
    /// As <see cref="TryLock(ref Cursor, ref SpinWait)"/>, and only if the entry found still has a value that was read before. Needed for values which are
    /// overwritten in place, since that changes neither word nor version; comparing them runs no code of the caller's.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryLock(scoped ref Cursor cursor, TValue seen, scoped ref SpinWait wait)
    {
        if (!TryLock(ref cursor, ref wait))
            return false;
        if (!Atomicity<TValue>.IsAtomic || Atomicity<TValue>.IsSame(seen, cursor.Entry.Value))
            return true;
        Volatile.Write(ref cursor.Root.Word, cursor.Word);
        return false;
    }

    /// <summary>Adds an entry where <see cref="Seek"/> found none. False if the bucket changed: seek again.</summary>
    /// <exception cref="OutOfMemoryException">The bucket is full and there is no memory for another block; nothing has changed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryInsert(scoped ref Cursor cursor, TKey key, TValue value, scoped ref SpinWait wait)
    {
        ulong free = BucketWord.Free(cursor.Word);
        if (!HasRoom(free))
            return TryInsertIntoChain(cursor, key, value, ref wait);
        if (!TryLock(ref cursor, ref wait))
            return false;
        int slot = BucketWord.First(free);
        Fill(ref Bucket<TKey, TValue>.EntryAt(ref cursor.Root, slot), key, value);
        // Release: whoever sees the tag sees the entry. Unlocks as well.
        Volatile.Write(ref cursor.Root.Word, BucketWord.With(cursor.Word, slot, cursor.Pattern));
        cursor.Table.Count.Add(1);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryInsertIntoChain(Cursor cursor, TKey key, TValue value, scoped ref SpinWait wait)
    {
        Table<TKey, TValue> table = cursor.Table;
        // Before the lock, because it may fail. Whether there is room in the chain cannot change unless the version does.
        int rented = HasRoomInChain(table, ref cursor.Root) ? 0 : table.Overflow.Rent(1);
        bool isNewBlock = rented != 0;
        if (!TryLock(ref cursor.Root, cursor.Word, cursor.Version))
        {
            // Before the pause, in which the thread may be interrupted.
            table.Overflow.Return(rented);
            Pause(ref wait);
            return false;
        }
        ulong word = Place(table, ref cursor.Root, cursor.Word, key, value, cursor.Pattern, ref rented);
        Volatile.Write(ref cursor.Root.Word, word);
        table.Count.Add(1);
        if (isNewBlock)
            GrowIfCrowded(table);
        return true;
    }

    /// <summary>
    /// Writes a new entry into a bucket that is locked, or not yet reachable, and returns the word that publishes it.
    /// Takes a block from <paramref name="rented"/> if there is no room.
    /// </summary>
    private static ulong Place(
        Table<TKey, TValue> table, ref Bucket<TKey, TValue> root, ulong word, TKey key, TValue value, ulong pattern, ref int rented)
    {
        ulong free = BucketWord.Free(word);
        if (HasRoom(free))
        {
            int slot = BucketWord.First(free);
            Fill(ref Bucket<TKey, TValue>.EntryAt(ref root, slot), key, value);
            return BucketWord.With(word, slot, pattern);
        }

        int index = root.Overflow;
        while (index != 0 && !HasRoom(BucketWord.Free(table.Overflow[index].Word)))
            index = table.Overflow[index].Overflow;
        bool isLinked = index != 0;
        if (!isLinked)
            index = table.Overflow.TakeFrom(ref rented);

        // Whoever has seen the entry in the chain, in a walk for instance, sees in the word that it may be there.
        ulong inChain = BucketWord.InChain(pattern);
        Volatile.Write(ref root.Word, root.Word | inChain);
        ref Bucket<TKey, TValue> block = ref table.Overflow[index];
        int blockSlot = BucketWord.First(BucketWord.Free(block.Word));
        Fill(ref Bucket<TKey, TValue>.EntryAt(ref block, blockSlot), key, value);
        // Release: the entry, and the bit in the bucket's word, before the tag.
        Volatile.Write(ref block.Word, BucketWord.With(block.Word, blockSlot, pattern));
        if (!isLinked)
        {
            block.Overflow = root.Overflow;
            // Release: the block before the link to it.
            Volatile.Write(ref root.Overflow, index);
        }
        // The word may be the same as before: the version tells writers who missed the key that it is here now.
        Volatile.Write(ref root.Version, root.Version + 1);
        return word | inChain;
    }

    /// <summary>Replaces the value of the entry found and unlocks the bucket. Its key stays the one that was added first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReplaceAndUnlock(scoped ref Cursor cursor, TValue value)
    {
        if (!Atomicity<TValue>.IsAtomic)
        {
            MoveAndUnlock(ref cursor.Root, cursor.Word, ref cursor.Block, cursor.Slot, value);
            return;
        }
        EntryMemory.Write(ref cursor.Entry.Value, value);
        // Release: the value before the unlock.
        Volatile.Write(ref cursor.Root.Word, cursor.Word);
    }

    /// <summary>Writes the entry with its new value into the slot kept free for this, and makes the two slots change places.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MoveAndUnlock(ref Bucket<TKey, TValue> root, ulong rootWord, ref Bucket<TKey, TValue> block, int slot, TValue value)
    {
        bool isInRoot = Unsafe.AreSame(ref block, ref root);
        ulong word = isInRoot ? rootWord : block.Word;
        int spare = BucketWord.First(BucketWord.Free(word));
        ref Entry<TKey, TValue> entry = ref Bucket<TKey, TValue>.EntryAt(ref block, slot);
        Fill(ref Bucket<TKey, TValue>.EntryAt(ref block, spare), entry.Key, value);
        ulong swapped = BucketWord.Move(word, slot, spare);
        // Release, and one store: the new entry is complete before it is visible, and there is no moment with both or neither.
        Volatile.Write(ref block.Word, isInRoot ? swapped | BucketWord.Locked : swapped);
        Retire(ref root, ref entry);
        Volatile.Write(ref root.Word, isInRoot ? swapped : rootWord);
    }

    /// <summary>Removes the entry found, returns its value and unlocks the bucket.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TValue RemoveAndUnlock(scoped ref Cursor cursor)
    {
        TValue value = cursor.Entry.Value;
        bool isInRoot = Unsafe.AreSame(ref cursor.Block, ref cursor.Root);
        ulong word = isInRoot ? BucketWord.Without(cursor.Word, cursor.Slot) : cursor.Word;
        if (isInRoot)
            Volatile.Write(ref cursor.Root.Word, word | BucketWord.Locked);
        else
            Volatile.Write(ref cursor.Block.Word, BucketWord.Without(cursor.Block.Word, cursor.Slot));
        Retire(ref cursor.Root, ref cursor.Entry);
        Volatile.Write(ref cursor.Root.Word, word);
        cursor.Table.Count.Add(-1);
        return value;
    }

    /// <summary>Ends the life of an entry whose tag has been taken off: from here on its slot may be written again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Retire(ref Bucket<TKey, TValue> root, ref Entry<TKey, TValue> entry)
    {
        // Release: who reads the new version reads the tags without this entry.
        Volatile.Write(ref root.Version, root.Version + 1);
        if (!HasReferences)
            return;
        // Who sees the entry cleared sees the version changed.
        Volatile.WriteBarrier();
        entry = default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fill(ref Entry<TKey, TValue> entry, TKey key, TValue value)
    {
        EntryMemory.Write(ref entry.Key, key);
        EntryMemory.Write(ref entry.Value, value);
    }

    /// <summary>Whether an insert may take one of these free slots.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasRoom(ulong free) => (Atomicity<TValue>.IsAtomic ? free : BucketWord.Rest(free)) != 0;

    private static bool HasRoomInChain(Table<TKey, TValue> table, ref Bucket<TKey, TValue> root)
    {
        for (int index = Volatile.Read(ref root.Overflow); index != 0;)
        {
            ref Bucket<TKey, TValue> block = ref table.Overflow[index];
            if (HasRoom(BucketWord.Free(Volatile.Read(ref block.Word))))
                return true;
            index = Volatile.Read(ref block.Overflow);
        }
        return false;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LockFree;

/// <content>
/// The plain changes (set, add, remove) where nothing is in their way: default equality, no move under way, no other writer, and the entry or a free slot
/// is in the bucket itself. Laid out by hand, so that all that is known of the bucket stays in registers. The steps are those of a search and of the change
/// it leads to; whoever meets anything else gives up and takes those. All lines of the bucket are asked for at once, before the first is read: what comes after the
/// lock, which is a full fence, would otherwise be waited for apart.
/// </content>
public sealed partial class ShardedMap<TKey, TValue>
{
    // A writer who meets one of these has to wait, to go elsewhere or to look further.
    private const ulong InTheWay = BucketWord.Locked | BucketWord.Moved;

    /// <summary>Whether a key may be compared before the version is checked: it is never torn, and its equality is not the caller's code.</summary>
    private static bool IsComparedAtOnce =>
        Atomicity<TKey>.IsAtomic && (!typeof(TKey).IsValueType || typeof(TKey).IsPrimitive || typeof(TKey).IsEnum);

    /// <summary>
    /// Whether a writer looks up its thread's cell of the counter before it locks, since a full fence lets nothing that comes after it overlap with what is
    /// before it. Not where entries are plain: what is known of the bucket stays in registers then, unless a call comes between.
    /// </summary>
    private static bool IsCellSoughtFirst => HasReferences;

    /// <summary>Overwrites the value of a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TrySetPlainly(TKey key, ulong hash, TValue value)
    {
        Table<TKey, TValue> table = Volatile.Read(ref _table);
        ref Bucket<TKey, TValue> root = ref table.BucketFor(hash);
        CacheLines.FetchRest(ref root);
        // Version before word, both before the entry: acquire reads.
        uint version = Volatile.Read(ref root.Version);
        ulong word = Volatile.Read(ref root.Word);
        ulong slots = BucketWord.Match(word, BucketWord.Pattern(hash));
        if (slots == 0 || (word & InTheWay) != 0 || Volatile.Read(ref table.Next) is not null)
            return false;
        int slot = BucketWord.First(slots);
        ref Entry<TKey, TValue> entry = ref Bucket<TKey, TValue>.EntryAt(ref root, slot);
        if (!IsStored(ref root, version, ref entry, key) || !TryLock(ref root, word, version))
            return false;
        if (!Atomicity<TValue>.IsAtomic)
        {
            MoveAndUnlock(ref root, word, ref root, slot, value);
            return true;
        }
        EntryMemory.Write(ref entry.Value, value);
        // Release: the value before the unlock.
        Volatile.Write(ref root.Word, word);
        return true;
    }

    /// <summary>Adds a key for which the bucket has a free slot, and neither it nor its chain an entry that looks like its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryAddPlainly(TKey key, ulong hash, TValue value)
    {
        Table<TKey, TValue> table = Volatile.Read(ref _table);
        ref Bucket<TKey, TValue> root = ref table.BucketFor(hash);
        CacheLines.FetchRest(ref root);
        // Version before word: acquire reads.
        uint version = Volatile.Read(ref root.Version);
        ulong word = Volatile.Read(ref root.Word);
        ulong pattern = BucketWord.Pattern(hash);
        ulong free = BucketWord.Free(word);
        if (BucketWord.Match(word, pattern) != 0
            || !HasRoom(free)
            || (word & (InTheWay | BucketWord.InChain(pattern))) != 0
            || Volatile.Read(ref table.Next) is not null)
            return false;
        StripedCounter.Cell? cell = IsCellSoughtFirst ? table.Count.OwnCell() : null;
        if (!TryLock(ref root, word, version))
            return false;
        int slot = BucketWord.First(free);
        Fill(ref Bucket<TKey, TValue>.EntryAt(ref root, slot), key, value);
        // Release: whoever sees the tag sees the entry. Unlocks as well.
        Volatile.Write(ref root.Word, BucketWord.With(word, slot, pattern));
        table.Count.Add(IsCellSoughtFirst ? cell : table.Count.OwnCell(), 1);
        return true;
    }

    /// <summary>Removes a key and gets its value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryRemovePlainly(TKey key, ulong hash, [MaybeNullWhen(false)] out TValue value)
    {
        value = default;
        Table<TKey, TValue> table = Volatile.Read(ref _table);
        ref Bucket<TKey, TValue> root = ref table.BucketFor(hash);
        CacheLines.FetchRest(ref root);
        // Version before word, both before the entry: acquire reads.
        uint version = Volatile.Read(ref root.Version);
        ulong word = Volatile.Read(ref root.Word);
        ulong slots = BucketWord.Match(word, BucketWord.Pattern(hash));
        if (slots == 0 || (word & InTheWay) != 0 || Volatile.Read(ref table.Next) is not null)
            return false;
        int slot = BucketWord.First(slots);
        ref Entry<TKey, TValue> entry = ref Bucket<TKey, TValue>.EntryAt(ref root, slot);
        if (!IsStored(ref root, version, ref entry, key))
            return false;
        StripedCounter.Cell? cell = IsCellSoughtFirst ? table.Count.OwnCell() : null;
        if (!TryLock(ref root, word, version))
            return false;
        value = entry.Value;
        ulong rest = BucketWord.Without(word, slot);
        Volatile.Write(ref root.Word, rest | BucketWord.Locked);
        Retire(ref root, ref entry);
        Volatile.Write(ref root.Word, rest);
        table.Count.Add(IsCellSoughtFirst ? cell : table.Count.OwnCell(), -1);
        return true;
    }

    /// <summary>Whether an entry has a key. For a writer: that the entry still is what it was then is for the lock to find out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsStored(ref Bucket<TKey, TValue> root, uint version, ref Entry<TKey, TValue> entry, TKey key)
    {
        TKey stored = EntryMemory.Read(ref entry.Key);
        if (!IsComparedAtOnce)
        {
            // The copy must be complete before the version is read again, and whole before the caller's equality sees it.
            Volatile.ReadBarrier();
            if (root.Version != version)
                return false;
        }
        return AreBuiltInEqual(stored, key);
    }
}

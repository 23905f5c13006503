using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LockFree;

/// <summary>
/// The buckets of one size. A map grows or shrinks by moving bucket after bucket into <see cref="Next"/>, while everybody goes on reading and writing.
/// </summary>
/// <remarks>
/// A key's bucket is given by the top bits of its hash, so the entries of bucket <c>i</c> go to the buckets <c>i·2^k … i·2^k + 2^k - 1</c> of a
/// table that is <c>2^k</c> times as large, or to bucket <c>i / 2^k</c> of a smaller one.
/// A table is moved to <see cref="Next"/> completely before that one may get a <see cref="Next"/> of its own.
/// </remarks>
internal sealed class Table<TKey, TValue>
{
    public const int MinimumLog = 1;
    public const int MaximumLog = 30;

    public readonly Bucket<TKey, TValue>[] Buckets;

    /// <summary>How far to shift a hash to the right for the index of its bucket.</summary>
    public readonly int Shift;

    public readonly OverflowArena<TKey, TValue> Overflow;

    /// <summary>Counts the entries of this table and of those it was moved from, but not those of before a <c>Clear</c>.</summary>
    public readonly StripedCounter Count;

    /// <summary>Where the entries are being moved. Set once.</summary>
    public Table<TKey, TValue>? Next;

    private MigrationProgress _migration;

    /// <param name="log">How many buckets, as a power of two.</param>
    /// <param name="count">Counts the entries.</param>
    /// <param name="isCleared">Whether the buckets are empty, or each is to be made so before anybody can get there, with <see cref="Bucket{TKey,TValue}.MakeEmpty"/>.</param>
    public Table(int log, StripedCounter count, bool isCleared)
    {
        Buckets = isCleared
            ? EntryMemory.Allocate<Bucket<TKey, TValue>>(1 << log)
            : EntryMemory.AllocateUninitialized<Bucket<TKey, TValue>>(1 << log);
        Shift = 64 - log;
        Overflow = new OverflowArena<TKey, TValue>(log);
        Count = count;
    }

    /// <summary>Slots of a block that inserts may fill: where values are wider than one store, one is kept free for updates.</summary>
    public static int UsableSlots => Atomicity<TValue>.IsAtomic ? BucketWord.Slots : BucketWord.Slots - 1;

    public int Log => 64 - Shift;

    /// <summary>
    /// Whether readers should ask for both lines of a bucket before they know which they need: in a table of 4 to 32 megabytes, too large for the caches of
    /// one core. In smaller ones there is nothing to wait for; in larger ones lines that are not needed hold up those that are, from memory.
    /// </summary>
    public bool IsReadAhead
    {
        // One comparison: the size of a bucket is a constant to the compiler.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.SizeOf<Bucket<TKey, TValue>>() / CacheLines.Size == 2 && Shift is >= 64 - 18 and <= 64 - 15;
    }

    /// <summary>Whether all buckets have been moved. Looks at one after the other as far as they have.</summary>
    public bool IsMoved
    {
        get
        {
            foreach (ref Bucket<TKey, TValue> bucket in Buckets.AsSpan())
            {
                // Acquire: the entries in the next table are seen there.
                if ((Volatile.Read(ref bucket.Word) & BucketWord.Moved) == 0)
                    return false;
            }
            return true;
        }
    }

    /// <summary>How many entries the table takes before it should grow: seven tenths of its slots, which leaves few buckets overflowing.</summary>
    public long Capacity => (long)Buckets.Length * UsableSlots * 7 / 10;

    /// <summary>The smallest table, as a power of two, that takes so many entries.</summary>
    public static int LogFor(long capacity)
    {
        long buckets = (capacity * 10 + UsableSlots * 7 - 1) / (UsableSlots * 7);
        return Math.Max(MinimumLog, 64 - BitOperations.LeadingZeroCount((ulong)Math.Max(0, buckets - 1)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Bucket<TKey, TValue> BucketFor(ulong hash) =>
        // In range for any hash: there are 2^(64 - Shift) buckets.
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Buckets), (nint)(hash >> Shift));

    /// <summary>
    /// The table that has the entries of this one's moved buckets, or is being moved itself to the one that has. Passes over the tables in between,
    /// which have been moved completely: otherwise whoever has been walking over this table for long would come to each of their buckets.
    /// </summary>
    public Table<TKey, TValue> Successor()
    {
        Table<TKey, TValue> successor = Next!;
        // A table gets a next one only when the table before it has nothing left to move. Acquire reads: what was moved before is seen as moved.
        while (Volatile.Read(ref successor.Next) is { } next && Volatile.Read(ref next.Next) is not null)
            successor = next;
        return successor;
    }

    /// <summary>The buckets of this table that the entries of a bucket of a previous table have been moved to.</summary>
    public (int First, int Count) BucketsOf(Table<TKey, TValue> previous, int index)
    {
        int growth = Log - previous.Log;
        return growth >= 0 ? (index << growth, 1 << growth) : (index >> -growth, 1);
    }

    /// <summary>Reserves the right to make the next table; at most one thread at a time has it.</summary>
    public bool TryBeginMigration() => Volatile.Read(ref Next) is null && Interlocked.Exchange(ref _migration.Begun, 1) == 0;

    /// <summary>Gives the right back after the next table could not be allocated.</summary>
    public void AbandonMigration() => Volatile.Write(ref _migration.Begun, 0);

    /// <summary>
    /// The first of the next buckets to move. The claims go round and round until all are moved, so that buckets claimed by a thread
    /// that has been suspended are moved by another.
    /// </summary>
    public int Claim(int count) => (int)((uint)(Interlocked.Add(ref _migration.Claimed, count) - count) & (uint)(Buckets.Length - 1));

    /// <summary>Records buckets as moved; true for the caller who records the last.</summary>
    public bool CompleteMoves(int count) => Interlocked.Add(ref _migration.Moved, count) == Buckets.Length;
}

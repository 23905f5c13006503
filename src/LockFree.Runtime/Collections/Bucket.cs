using System.Runtime.CompilerServices;

namespace LockFree;

/// <summary>
/// Seven entries and the two words that guard them. The same layout serves as an overflow block, which uses <see cref="Word"/> for its tags
/// only: its lock and its version are those of the bucket whose chain it belongs to.
/// </summary>
/// <remarks>
/// What holds for every bucket at every moment:
/// <list type="number">
/// <item>A slot whose tag is set holds a complete entry. Its key never changes; its value changes in place only where the machine writes
/// it in one piece (a reference, a primitive), else the entry moves to another slot of the same block.</item>
/// <item>A freed slot is written again only after <see cref="Version"/> has moved on: tag off, then version, then reuse. So a copy of an
/// entry is whole, and still the entry its tag promised, if the version has not changed since before the tag was read.</item>
/// <item>Whoever holds <see cref="BucketWord.Locked"/> is the only writer, and runs no code but the map's own, allocates nothing, waits for
/// nothing.</item>
/// <item>Two equal pairs of <see cref="Version"/> and <see cref="Word"/> mean that no entry came, went or moved in between: filling a free
/// slot of the bucket changes the word, everything else changes the version. (A value overwritten in place changes neither.)</item>
/// <item>Where values are wider than one store, every block keeps one slot free for the next update.</item>
/// </list>
/// </remarks>
internal struct Bucket<TKey, TValue>
{
    /// <summary>Tags and flags, see <see cref="BucketWord"/>.</summary>
    public ulong Word;

    /// <summary>Counts the changes that could mislead a reader. Wraps after 2^32 of them, too many to happen during one read.</summary>
    public uint Version;

    /// <summary>The first overflow block of the chain, or in a block the next one; 0 for none.</summary>
    public int Overflow;

    public EntrySlots<TKey, TValue> Entries;

    /// <summary>The entry in a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref Entry<TKey, TValue> EntryAt(ref Bucket<TKey, TValue> bucket, int slot) =>
        ref EntrySlots<TKey, TValue>.At(ref bucket.Entries, slot);

    /// <summary>Makes a bucket of arbitrary contents, which nobody else can get at, an empty one. What its slots hold is not used until it has been written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MakeEmpty(ref Bucket<TKey, TValue> bucket)
    {
        bucket.Word = 0;
        bucket.Version = 0;
        bucket.Overflow = 0;
    }

    /// <summary>Lets go of whatever the entries refer to.</summary>
    public static void ClearEntries(ref Bucket<TKey, TValue> bucket) => bucket.Entries = default;
}

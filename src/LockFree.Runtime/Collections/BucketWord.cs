using System.Numerics;
using System.Runtime.CompilerServices;

namespace LockFree;

/// <summary>
/// The 64-bit word of a bucket: seven tags of eight bits and one byte of flags, read and written as one.
/// </summary>
/// <remarks>
/// <code>
/// bit 63    60 59 58  57    56     55   48   47       8 7    0
///     overflow unused moved locked tag 6 |  tags 5 to 1 | tag 0
/// </code>
/// A tag is 0 for a free slot, else <c>0x80</c> plus seven bits of the key's hash. The whole set of tags is thus one atomic snapshot of
/// which slots of the bucket are alive, and one store changes it: an insert, a removal or the swap of two slots becomes visible at once.
/// </remarks>
internal static class BucketWord
{
    /// <summary>Entries per bucket: as many tags as fit beside the flags.</summary>
    public const int Slots = 7;

    /// <summary>A writer is changing the bucket. Readers ignore it.</summary>
    public const ulong Locked = 1UL << 56;

    /// <summary>The entries live in the next table; this bucket never changes again.</summary>
    public const ulong Moved = 1UL << 57;

    /// <summary>
    /// The four bits that tell what is in the chain of overflow blocks: an entry that goes there sets the one that its tag names, see
    /// <see cref="InChain"/>, and none is ever taken off. A bucket without any of them has no chain.
    /// </summary>
    public const ulong Overflow = 0xFUL << 60;

    /// <summary>
    /// The word of a bucket that has been moved: no tags, and every bit of <see cref="Overflow"/>, so that a reader who wants to tell that a key is missing
    /// needs to look at one bit only.
    /// </summary>
    public const ulong MovedAway = Moved | Overflow;

    private const ulong UsedBits = 0x0080_8080_8080_8080;
    private const ulong LowBits = 0x0101_0101_0101_0101;

    /// <summary>The tag of a hash, repeated in every byte. Bits 32 to 38: the index is taken from the top, so the two stay independent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pattern(ulong hash) => (byte)((uint)(hash >> 32) | 0x80u) * LowBits;

    /// <summary>The tag in one slot of a word, repeated in every byte as <see cref="Pattern"/> does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong PatternAt(ulong word, int slot) => (byte)(word >> (slot * 8)) * LowBits;

    /// <summary>
    /// A bit per slot whose tag may equal the pattern's, the lowest one for certain: the subtraction's borrow can add a slot above a true
    /// match, never take one away, and the comparison of keys sorts it out.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Match(ulong word, ulong pattern)
    {
        ulong difference = word ^ pattern;
        return (difference - LowBits) & ~difference & UsedBits;
    }

    /// <summary>The bit of <see cref="Overflow"/> that a tag names by its two lowest bits.</summary>
    // A shift counts by the lowest six bits of its operand: 60 to 63.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong InChain(ulong pattern) => 1UL << ((int)pattern | 60);

    /// <summary>
    /// Whether an entry with a tag may be somewhere else than in the bucket itself: in its chain or, if it has been moved, in the next table.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MayBeElsewhere(ulong word, ulong pattern) => (word & InChain(pattern)) != 0;

    /// <summary>A bit per used slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Used(ulong word) => word & UsedBits;

    /// <summary>A bit per free slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Free(ulong word) => ~word & UsedBits;

    /// <summary>The slot of the lowest bit in a set of slots.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int First(ulong slots) => BitOperations.TrailingZeroCount(slots) >>> 3;

    /// <summary>The set without its lowest slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Rest(ulong slots) => slots & (slots - 1);

    /// <summary>How many slots a set has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count(ulong slots) => BitOperations.PopCount(slots);

    /// <summary>The word with a tag put into a free slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong With(ulong word, int slot, ulong pattern) => word | ((pattern & 0xFF) << (slot * 8));

    /// <summary>The word with a slot freed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Without(ulong word, int slot) => word & ~(0xFFUL << (slot * 8));

    /// <summary>The word with a tag moved to a free slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Move(ulong word, int from, int to) => With(Without(word, from), to, word >> (from * 8));
}

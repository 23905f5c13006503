namespace LockFree.Tests.Collections;

/// <summary>
/// A key with a hash of its own that leads to the same bucket as those of all others, in any table of at most 256 buckets, but seldom to the same tag.
/// </summary>
internal readonly record struct CrowdedKey(long Number)
{
    private const int Hashes = 64;

    /// <summary>The map makes the index of a bucket of the top bits of a hash code's product with this number, the tag of bits below.</summary>
    private const ulong GoldenRatio = 0x9E37_79B9_7F4A_7C15;

    private static readonly int[] HashCodes =
        [.. Enumerable.Range(0, int.MaxValue).Where(code => ((uint)code * GoldenRatio) >> 56 == 0).Take(Hashes)];

    public override int GetHashCode() => HashCodes[Number % Hashes];
}

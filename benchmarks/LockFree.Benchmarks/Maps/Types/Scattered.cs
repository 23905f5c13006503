namespace LockFree.Benchmarks.Maps;

/// <summary>Numbers without any order: regular ones flatter or damn particular hash functions.</summary>
internal static class Scattered
{
    /// <summary>The last steps of MurmurHash3, which are one to one.</summary>
    public static int Of(int number)
    {
        uint bits = (uint)number;
        bits ^= bits >> 16;
        bits *= 0x85EB_CA6B;
        bits ^= bits >> 13;
        bits *= 0xC2B2_AE35;
        bits ^= bits >> 16;
        return (int)bits;
    }
}

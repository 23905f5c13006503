namespace LockFree.Benchmarks.Maps;

/// <summary>Random numbers that cost next to nothing beside what is measured: Marsaglia's xorshift.</summary>
internal struct RandomNumbers(int seed)
{
    private ulong _state = ((ulong)seed + 1) * 0x9E37_79B9_7F4A_7C15;

    /// <summary>Two numbers that have nothing to do with each other, each from zero to below its limit.</summary>
    public (int First, int Second) Next(int firstLimit, int secondLimit)
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return ((int)((_state >> 32) * (uint)firstLimit >> 32), (int)((_state & uint.MaxValue) * (uint)secondLimit >> 32));
    }
}

namespace LockFree.Tests.Collections;

/// <summary>A key of two redundant halves, which notices when it is shown to equality or hashing while it is torn.</summary>
internal readonly struct WideKey(long number) : IEquatable<WideKey>
{
    private static int _tornCount;

    private readonly long _number = number;
    private readonly long _complement = ~number;

    /// <summary>How many torn keys user code has been shown.</summary>
    public static int TornCount => Volatile.Read(ref _tornCount);

    public long Number => _number;

    public bool IsWhole => _complement == ~_number;

    public bool Equals(WideKey other)
    {
        Check();
        other.Check();
        return _number == other._number;
    }

    public override bool Equals(object? obj) => obj is WideKey other && Equals(other);

    public override int GetHashCode()
    {
        Check();
        return _number.GetHashCode();
    }

    public override string ToString() => _number.ToString();

    private void Check()
    {
        if (!IsWhole)
            Interlocked.Increment(ref _tornCount);
    }
}

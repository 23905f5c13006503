namespace LockFree.Tests.Collections;

/// <summary>A key of two redundant halves, which notices when it is shown to equality or hashing while it is torn.</summary>
internal readonly struct WideKey(long number) : IEquatable<WideKey>
{
    private readonly long _number = number;
    private readonly long _complement = ~number;

    public long Number => _number;

    public bool IsWhole => _complement == ~_number;

    public bool Equals(WideKey other)
    {
        TornKeys.Check(IsWhole);
        TornKeys.Check(other.IsWhole);
        return _number == other._number;
    }

    public override bool Equals(object? obj) => obj is WideKey other && Equals(other);

    public override int GetHashCode()
    {
        TornKeys.Check(IsWhole);
        return _number.GetHashCode();
    }

    public override string ToString() => _number.ToString();
}

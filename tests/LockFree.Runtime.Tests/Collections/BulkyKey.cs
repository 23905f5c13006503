namespace LockFree.Tests.Collections;

/// <summary>A key of four redundant words with a bad hash of its own, which notices when it is shown to equality or hashing while it is torn.</summary>
internal readonly struct BulkyKey(long number) : IEquatable<BulkyKey>
{
    private readonly WideValue _words = new(number);

    public long Number => _words.First;

    public bool Equals(BulkyKey other)
    {
        TornKeys.Check(_words.IsWhole);
        TornKeys.Check(other._words.IsWhole);
        return Number == other.Number;
    }

    public override bool Equals(object? obj) => obj is BulkyKey other && Equals(other);

    public override int GetHashCode()
    {
        TornKeys.Check(_words.IsWhole);
        return 42;
    }

    public override string ToString() => Number.ToString();
}

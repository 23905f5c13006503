namespace LockFree.Tests.Collections;

/// <summary>Puts all keys into one bucket, and lets a number stand for the key that has it.</summary>
internal sealed class NumberedKeyComparer : IEqualityComparer<WideKey>, IAlternateEqualityComparer<int, WideKey>
{
    public bool Equals(WideKey x, WideKey y) => x.Equals(y);

    public int GetHashCode(WideKey obj) => GetHashCode((int)obj.Number);

    public bool Equals(int alternate, WideKey other) => other.Equals(Create(alternate));

    public int GetHashCode(int alternate) => 42;

    public WideKey Create(int alternate) => new(alternate);
}

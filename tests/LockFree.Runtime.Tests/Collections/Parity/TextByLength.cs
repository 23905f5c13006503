namespace LockFree.Tests.Collections.Parity;

/// <summary>Compares texts by content, and lets a length stand for the first text of that length; the empty text stands for none.</summary>
internal sealed class TextByLength : IEqualityComparer<string>, IAlternateEqualityComparer<int, string>
{
    public bool Equals(string? x, string? y) => x == y;

    public int GetHashCode(string obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return obj.Length;
    }

    public bool Equals(int alternate, string other) => alternate == other.Length && other != "two";

    public int GetHashCode(int alternate) => alternate;

    public string Create(int alternate) => new('x', alternate);
}

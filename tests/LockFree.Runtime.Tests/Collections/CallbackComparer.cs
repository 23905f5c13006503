namespace LockFree.Tests.Collections;

/// <summary>A comparer that tells when it is used, and can be made to throw.</summary>
internal sealed class CallbackComparer : IEqualityComparer<string>
{
    public Action? OnUse { get; set; }

    /// <summary>Whether a use throws, given the key.</summary>
    public Func<string, bool> ThrowsOn { get; set; } = _ => false;

    /// <summary>Whether hashing a key throws, in addition.</summary>
    public Func<string, bool> HashThrowsOn { get; set; } = _ => false;

    public bool Equals(string? x, string? y)
    {
        Use(x!);
        return x == y;
    }

    public int GetHashCode(string obj)
    {
        Use(obj);
        if (HashThrowsOn(obj))
            throw new ComparerException();
        return obj.GetHashCode(StringComparison.Ordinal);
    }

    private void Use(string key)
    {
        OnUse?.Invoke();
        if (ThrowsOn(key))
            throw new ComparerException();
    }

    internal sealed class ComparerException : Exception;
}

namespace LockFree.Tests.Collections;

/// <summary>The worst of all hashes.</summary>
internal sealed class ConstantHashComparer<T> : IEqualityComparer<T>
{
    public bool Equals(T? x, T? y) => EqualityComparer<T>.Default.Equals(x, y);

    public int GetHashCode(T obj) => 42;
}

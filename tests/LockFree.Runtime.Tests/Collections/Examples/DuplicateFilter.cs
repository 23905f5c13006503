namespace LockFree.Tests.Examples;

internal sealed class DuplicateFilter
{
    private readonly ShardedSet<Guid> _seen = new();

    /// <summary>True for exactly one of those who hand in the same message.</summary>
    public bool IsNew(Guid message) => _seen.Add(message);

    public int Forget(Func<Guid, bool> isOld) => _seen.RemoveWhere(isOld);
}

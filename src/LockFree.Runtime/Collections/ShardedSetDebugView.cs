using System.Diagnostics;

namespace LockFree;

/// <summary>What a debugger shows of a <see cref="ShardedSet{T}"/>.</summary>
internal sealed class ShardedSetDebugView<T>(ShardedSet<T> set)
    where T : notnull
{
    [DebuggerBrowsable(DebuggerBrowsableState.RootHidden)]
    public T[] Items => set.ToArray();
}

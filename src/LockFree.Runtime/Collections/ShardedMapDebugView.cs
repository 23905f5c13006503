using System.Diagnostics;

namespace LockFree;

/// <summary>What a debugger shows of a <see cref="ShardedMap{TKey, TValue}"/>.</summary>
internal sealed class ShardedMapDebugView<TKey, TValue>(ShardedMap<TKey, TValue> map)
    where TKey : notnull
{
    [DebuggerBrowsable(DebuggerBrowsableState.RootHidden)]
    public KeyValuePair<TKey, TValue>[] Items => map.ToArray();
}

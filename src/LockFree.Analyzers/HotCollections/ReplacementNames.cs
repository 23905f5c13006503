using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.HotCollections;

/// <summary>What to advise instead of a locked collection: the LockFree runtime's types where it is referenced.</summary>
internal sealed class ReplacementNames
{
    private ReplacementNames(bool hasRuntime)
    {
        HasRuntime = hasRuntime;
    }

    /// <summary>True where LockFree.Runtime is referenced.</summary>
    public bool HasRuntime { get; }

    public static ReplacementNames For(Compilation compilation) =>
        new(compilation.GetTypeByMetadataName("LockFree.ShardedMap`2") is not null);

    public string For(CollectionKind kind) => !HasRuntime ? "ConcurrentDictionary" : kind == CollectionKind.Set ? "ShardedSet"
        : "ShardedMap";
}

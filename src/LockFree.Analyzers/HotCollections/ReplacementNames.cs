using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.HotCollections;

/// <summary>What to advise instead of a locked collection: the LockFree runtime's types where it is referenced.</summary>
internal sealed class ReplacementNames
{
    private readonly bool _hasRuntime;

    private ReplacementNames(bool hasRuntime)
    {
        _hasRuntime = hasRuntime;
    }

    public static ReplacementNames For(Compilation compilation) =>
        new(compilation.GetTypeByMetadataName("LockFree.ShardedMap`2") is not null);

    public string For(CollectionKind kind) => !_hasRuntime ? "ConcurrentDictionary" : kind == CollectionKind.Set ? "ShardedSet"
        : "ShardedMap";
}

using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.HotCollections;

/// <summary>What to advise instead of a locked collection: the LockFree runtime's types where it is referenced.</summary>
internal sealed class ReplacementNames
{
    private ReplacementNames(bool hasRuntime, bool hasAny)
    {
        HasRuntime = hasRuntime;
        HasAny = hasAny;
    }

    /// <summary>True where LockFree.Runtime is referenced.</summary>
    public bool HasRuntime { get; }

    /// <summary>False where no concurrent map is referenced at all, as on .NET Framework before 4.0: there is nothing to advise.</summary>
    public bool HasAny { get; }

    public static ReplacementNames For(Compilation compilation)
    {
        bool hasRuntime = compilation.GetTypeByMetadataName("LockFree.ShardedMap`2") is not null;
        return new(hasRuntime, hasRuntime || !compilation.GetTypesByMetadataName("System.Collections.Concurrent.ConcurrentDictionary`2").IsEmpty);
    }

    public string For(CollectionKind kind) => !HasRuntime ? "ConcurrentDictionary" : kind == CollectionKind.Set ? "ShardedSet"
        : "ShardedMap";
}

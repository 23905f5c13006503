using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>The concurrent collections the rules of this folder know.</summary>
internal enum MapType
{
    /// <summary>Any other type.</summary>
    None,

    /// <summary><c>System.Collections.Concurrent.ConcurrentDictionary</c>.</summary>
    ConcurrentDictionary,

    /// <summary><c>LockFree.ShardedMap</c>.</summary>
    ShardedMap,

    /// <summary><c>LockFree.ShardedSet</c>.</summary>
    ShardedSet,
}

/// <summary>Tells the concurrent collections by namespace and name, so that a polyfill beside the real one does no harm.</summary>
internal static class MapTypes
{
    private static readonly string[] Names = [nameof(MapType.ConcurrentDictionary), nameof(MapType.ShardedMap), nameof(MapType.ShardedSet)];

    public static MapType Of(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol { Name: "ConcurrentDictionary", Arity: 2 } named when IsConcurrent(named.ContainingNamespace) => MapType.ConcurrentDictionary,
        INamedTypeSymbol { Name: "ShardedMap", Arity: 2 } named when named.ContainingNamespace.IsLockFree() => MapType.ShardedMap,
        INamedTypeSymbol { Name: "ShardedSet", Arity: 1 } named when named.ContainingNamespace.IsLockFree() => MapType.ShardedSet,
        _ => MapType.None,
    };

    /// <summary>The cheapest question first: does the text of a type name one of the collections at all? A comment only costs time.</summary>
    public static bool AreMentioned(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        foreach (SyntaxReference part in type.DeclaringSyntaxReferences)
        {
            string text = part.SyntaxTree.GetText(cancellationToken).ToString(part.Span);
            if (Names.Any(name => text.IndexOf(name, StringComparison.Ordinal) >= 0))
                return true;
        }

        return false;
    }

    private static bool IsConcurrent(INamespaceSymbol? space) => space is { Name: "Concurrent" } && space.IsBelowSystemCollections();
}

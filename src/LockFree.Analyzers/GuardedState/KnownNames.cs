using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// Framework types told by namespace and name, not by symbol: a type that is defined twice among the references
/// (a polyfill beside the real one) has no single symbol.
/// </summary>
internal static class KnownNames
{
    public static bool IsSystemThreading(this INamespaceSymbol? space) => space is { Name: "Threading" }
        && IsSystem(space.ContainingNamespace);

    /// <summary><c>System.Threading</c> or a namespace below it.</summary>
    public static bool IsBelowSystemThreading(this INamespaceSymbol? space) =>
        space.IsSystemThreading() || space is { ContainingNamespace: { } around } && around.IsSystemThreading();

    /// <summary>LockFree.Runtime's.</summary>
    public static bool IsLockFree(this INamespaceSymbol? space) => space is { Name: "LockFree", ContainingNamespace.IsGlobalNamespace: true };

    public static bool IsSystem(this INamespaceSymbol? space) => space is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };

    public static bool IsSystemCollectionsGeneric(this INamespaceSymbol? space) =>
        space is { Name: "Generic", ContainingNamespace: { Name: "Collections" } collections } && IsSystem(collections.ContainingNamespace);

    /// <summary><c>System</c> or a namespace below it.</summary>
    public static bool IsBelowSystem(this INamespaceSymbol? space)
    {
        for (; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space.IsSystem())
                return true;
        }

        return false;
    }

    /// <summary><c>System</c>, <c>Microsoft</c>, or a namespace below one of them.</summary>
    public static bool IsOfFramework(this INamespaceSymbol? space)
    {
        while (space is { ContainingNamespace: { IsGlobalNamespace: false } around })
            space = around;
        return space is { Name: "System" or "Microsoft" };
    }

    /// <summary><c>System.Collections</c> or a namespace below it.</summary>
    public static bool IsBelowSystemCollections(this INamespaceSymbol? space)
    {
        for (; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space.Name == "Collections" && space.ContainingNamespace.IsSystem())
                return true;
        }

        return false;
    }

    /// <summary>Declared in this compilation, so that its behaviour is not known from documentation.</summary>
    public static bool IsInSource(this ISymbol symbol) => symbol.DeclaringSyntaxReferences.Length > 0;
}

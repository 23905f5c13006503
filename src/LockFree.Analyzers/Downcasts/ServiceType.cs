using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.Downcasts;

/// <summary>Tells types of clients and services, which are called, from types of data, which are carried.</summary>
internal static class ServiceType
{
    /// <summary>A class or interface with behaviour: not a string, a collection, a record, a delegate or a plain holder of properties.</summary>
    public static bool IsService(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface, IsRecord: false, SpecialType: SpecialType.None } named)
            return false;

        if (named.AllInterfaces.Append(named).Any(i => i.SpecialType == SpecialType.System_Collections_IEnumerable))
            return false;

        if (IsOfBaseLibrary(named) && named.ContainingNamespace.ToDisplayString() != "System.Net.Http")
            return false;

        return HasOwnMethods(named) && !DerivesFromData(named);
    }

    /// <summary>What only data is cast to: seeing it in a store says that the store is a bag.</summary>
    public static bool IsPlainData(ITypeSymbol type)
        => type.IsValueType || type.SpecialType == SpecialType.System_String || type.TypeKind is TypeKind.Array or TypeKind.Delegate || type.IsRecord;

    private static bool IsOfBaseLibrary(INamedTypeSymbol type)
    {
        INamespaceSymbol? space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;

        return space?.Name == "System";
    }

    private static bool HasOwnMethods(INamedTypeSymbol type)
    {
        IEnumerable<INamedTypeSymbol> declaring = type.TypeKind == TypeKind.Interface ? type.AllInterfaces.Append(type) : SelfAndBases(type);
        return declaring.Where(t => t.ContainingNamespace?.Name != "System").SelectMany(t => t.GetMembers()).Any(member =>
            member is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false, IsImplicitlyDeclared: false } method
            && method.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal
            && !OverridesObject((IMethodSymbol)member));
    }

    private static bool OverridesObject(IMethodSymbol method)
    {
        while (method.OverriddenMethod is { } overridden)
            method = overridden;

        return method.ContainingType.SpecialType == SpecialType.System_Object;
    }

    private static bool DerivesFromData(INamedTypeSymbol type)
        => SelfAndBases(type).Any(t => t.ContainingNamespace?.Name == "System" && t.Name is "Exception" or "Attribute" or "EventArgs");

    private static IEnumerable<INamedTypeSymbol> SelfAndBases(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? t = type; t is not null && t.SpecialType != SpecialType.System_Object; t = t.BaseType)
            yield return t;
    }
}

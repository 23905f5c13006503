using Microsoft.CodeAnalysis;

namespace LockFree.Generators.Reading;

/// <summary>
/// From where a symbol can be used. A member whose type can be used from fewer places does not compile, and its other half would
/// only repeat the error.
/// </summary>
[Flags]
internal enum AccessDomain
{
    Nowhere = 0,
    DerivedTypesHere = 1,
    EverywhereHere = 2,
    DerivedTypesAbroad = 4,
    EverywhereAbroad = 8,
    All = DerivedTypesHere | EverywhereHere | DerivedTypesAbroad | EverywhereAbroad,
}

/// <summary>Computes access domains.</summary>
internal static class AccessDomains
{
    /// <summary>Whether the type can be used wherever the member can.</summary>
    public static bool IsUsableWherever(this ITypeSymbol type, ISymbol member) => (Of(member) & ~OfType(type)) == AccessDomain.Nowhere;

    private static AccessDomain OfType(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => OfType(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Aggregate(Of(named), static (domain, argument) => domain & OfType(argument)),
        _ => AccessDomain.All,
    };

    private static AccessDomain Of(ISymbol symbol)
    {
        AccessDomain own = symbol.DeclaredAccessibility switch
        {
            Accessibility.Private => AccessDomain.Nowhere,
            Accessibility.ProtectedAndInternal => AccessDomain.DerivedTypesHere,
            Accessibility.Internal => AccessDomain.DerivedTypesHere | AccessDomain.EverywhereHere,
            Accessibility.Protected => AccessDomain.DerivedTypesHere | AccessDomain.DerivedTypesAbroad,
            Accessibility.ProtectedOrInternal => AccessDomain.All & ~AccessDomain.EverywhereAbroad,
            _ => AccessDomain.All,
        };
        return symbol.ContainingType is { } container ? own & Of(container) : own;
    }
}

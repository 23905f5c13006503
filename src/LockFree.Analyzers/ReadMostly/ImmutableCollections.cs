using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>Fields that hold a collection of <c>System.Collections.Immutable</c> and are replaced whenever it changes.</summary>
internal static class ImmutableCollections
{
    /// <summary>True where the type or one nested in it has such a field.</summary>
    public static bool AreReplacedIn(INamedTypeSymbol type) => ReplacedFieldsOf(type).Any() || type.GetTypeMembers().Any(AreReplacedIn);

    public static IEnumerable<IFieldSymbol> ReplacedFieldsOf(INamedTypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>().Where(field =>
        !field.IsReadOnly && !field.IsConst && !field.IsImplicitlyDeclared && IsImmutableCollection(field.Type));

    public static bool IsImmutableCollection(ITypeSymbol? type) => type is INamedTypeSymbol { IsGenericType: true } named
        && (named.Name.StartsWith("Immutable", StringComparison.Ordinal) || named.Name.StartsWith("IImmutable", StringComparison.Ordinal))
        && named.ContainingNamespace is { Name: "Immutable", ContainingNamespace: { Name: "Collections", ContainingNamespace.Name: "System" } };
}

using Microsoft.CodeAnalysis;

namespace LockFree.CodeFixes.ClientAccessors;

/// <summary>Recognises the types of the runtime by name: fixes do not reference it.</summary>
internal static class RuntimeType
{
    /// <summary>Whether the type, annotated or not, is the runtime's type of that name.</summary>
    public static bool IsRuntimeType(this ITypeSymbol? type, string name) =>
        type is INamedTypeSymbol { ContainingType: null, Arity: 0, ContainingNamespace: { Name: "LockFree", ContainingNamespace.IsGlobalNamespace: true } }
        && type.Name == name;
}

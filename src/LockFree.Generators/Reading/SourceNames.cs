using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Generators.Reading;

/// <summary>How symbols are written in generated source.</summary>
internal static class SourceNames
{
    private static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat NamespaceFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    // Without '@': what a file may be called.
    private static readonly SymbolDisplayFormat PlainNamespaceFormat = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>The type with its full name, from <c>global::</c> on, annotations included.</summary>
    public static string FullName(ITypeSymbol type) => type.ToDisplayString(TypeFormat);

    /// <summary>The type as messages name it.</summary>
    public static string ShortName(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>The namespace as a declaration names it; empty for the global one.</summary>
    public static string NamespaceOf(INamedTypeSymbol type) =>
        type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(NamespaceFormat);

    /// <summary>A name as an identifier. Contextual keywords are escaped too: it is never wrong and sometimes needed.</summary>
    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;

    /// <summary>Whether the type, its type parameters and the namespace have names. While somebody types they may not.</summary>
    public static bool AreComplete(INamedTypeSymbol type)
    {
        if (!SyntaxFacts.IsValidIdentifier(type.Name))
            return false;
        if (!type.TypeParameters.All(static parameter => SyntaxFacts.IsValidIdentifier(parameter.Name)))
            return false;

        for (INamespaceSymbol current = type.ContainingNamespace; !current.IsGlobalNamespace; current = current.ContainingNamespace)
        {
            if (!SyntaxFacts.IsValidIdentifier(current.Name))
                return false;
        }

        return true;
    }

    /// <summary>Whether everything in the type binds and has a name that another file may say.</summary>
    public static bool CanBeWritten(ITypeSymbol type) => type switch
    {
        IErrorTypeSymbol => false,
        IArrayTypeSymbol array => CanBeWritten(array.ElementType),
        ITypeParameterSymbol parameter => SyntaxFacts.IsValidIdentifier(parameter.Name),
        INamedTypeSymbol named => AreComplete(named)
            && !named.IsFileLocal
            && named.TypeArguments.All(CanBeWritten)
            && (named.ContainingType is not { } container || CanBeWritten(container)),
        _ => true,
    };

    /// <summary>Whether each type parameter in the type is what its name means within <paramref name="scope"/>, and no nearer type of that name.</summary>
    public static bool IsVisibleIn(INamedTypeSymbol scope, ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsVisibleIn(scope, array.ElementType),
        ITypeParameterSymbol parameter => !IsHidden(scope, parameter),
        INamedTypeSymbol named => named.TypeArguments.All(argument => IsVisibleIn(scope, argument))
            && (named.ContainingType is not { } container || IsVisibleIn(scope, container)),
        _ => true,
    };

    private static bool IsHidden(INamedTypeSymbol scope, ITypeParameterSymbol parameter)
    {
        for (INamedTypeSymbol? current = scope; current is not null; current = current.ContainingType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, parameter.ContainingSymbol))
                return false;
            if (!current.GetTypeMembers(parameter.Name).IsEmpty || current.TypeParameters.Any(nearer => nearer.Name == parameter.Name))
                return true;
        }

        return false;
    }

    /// <summary>The name of the type with its type parameters, as its own members can write it.</summary>
    public static string NameWithTypeParameters(INamedTypeSymbol type) => type.Arity == 0
        ? Identifier(type.Name)
        : $"{Identifier(type.Name)}<{string.Join(", ", type.TypeParameters.Select(parameter => Identifier(parameter.Name)))}>";

    /// <summary>
    /// A name for the class's file: <c>Namespace.Outer{T}-Inner</c>. Braces and hyphens cannot be part of an identifier, so no two
    /// classes share it.
    /// </summary>
    public static string HintName(INamedTypeSymbol type)
    {
        string name = type.Arity == 0
            ? type.Name
            : $"{type.Name}{{{string.Join(",", type.TypeParameters.Select(parameter => parameter.Name))}}}";
        if (type.ContainingType is { } container)
            return $"{HintName(container)}-{name}";

        return type.ContainingNamespace.IsGlobalNamespace
            ? name
            : $"{type.ContainingNamespace.ToDisplayString(PlainNamespaceFormat)}.{name}";
    }
}

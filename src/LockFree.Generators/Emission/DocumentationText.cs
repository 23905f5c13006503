using LockFree.Generators.Models;
using LockFree.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Generators.Emission;

/// <summary>What the documentation of generated members says about a client.</summary>
internal static class DocumentationText
{
    /// <summary>A link to the type where documentation can have one, else its name.</summary>
    public static string ForType(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter => $"<typeparamref name=\"{Escape(parameter.Name)}\"/>",
        INamedTypeSymbol { IsTupleType: false } named => $"<see cref=\"{Reference(named)}\"/>",
        _ => $"<c>{Escape(SourceNames.ShortName(type))}</c>",
    };

    /// <summary>The client's name and scope.</summary>
    public static string ForKey(ClientKeyModel key) => key.Scope is null
        ? $"the client <c>{Literal(key.Name)}</c>"
        : $"the client <c>{Literal(key.Name)}</c> of the scope <c>{Literal(key.Scope)}</c>";

    // Documentation names a generic type by its definition: Outer{T}.Contract{T}, not Outer<string>.Contract<int>.
    private static string Reference(INamedTypeSymbol type)
    {
        string prefix = type switch
        {
            { ContainingType: { } container } => Reference(container) + ".",
            { ContainingNamespace.IsGlobalNamespace: true } => "global::",
            _ => $"global::{SourceNames.NamespaceOf(type)}.",
        };
        string parameters = type.Arity == 0
            ? ""
            : $"{{{string.Join(", ", type.TypeParameters.Select(parameter => SourceNames.Identifier(parameter.Name)))}}}";
        return prefix + SourceNames.Identifier(type.Name) + parameters;
    }

    // The literal without its quotes: control characters, which a comment cannot hold, come out escaped.
    private static string Literal(string text)
    {
        string literal = SymbolDisplay.FormatLiteral(text, quote: true);
        return Escape(literal.Substring(1, literal.Length - 2));
    }

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>
/// Fully qualified names that the code fix shortens, adding the usings they need: planning must do without an editor's services, as the
/// analyzer plans as well.
/// </summary>
internal static class ImportedName
{
    /// <summary>Marks what is to be shortened.</summary>
    public static SyntaxAnnotation Annotation { get; } = new("LockFree.ImportedName");

    private static SymbolDisplayFormat Qualified { get; } = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static TypeSyntax Of(ITypeSymbol type) => Type(type.ToDisplayString(Qualified));

    public static TypeSyntax Type(string qualifiedName) => Mark(SyntaxFactory.ParseTypeName(qualifiedName));

    public static ExpressionSyntax Expression(string qualified) => Mark(SyntaxFactory.ParseExpression(qualified));

    /// <summary>The text of a type's qualified name, as a part of another.</summary>
    public static string TextOf(ITypeSymbol type) => type.ToDisplayString(Qualified);

    public static TNode Mark<TNode>(TNode node)
        where TNode : SyntaxNode => node.WithAdditionalAnnotations(Annotation);
}

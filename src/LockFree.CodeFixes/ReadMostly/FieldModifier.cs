using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.ReadMostly;

/// <summary>Writes a modifier into the declaration of a field.</summary>
internal static class FieldModifier
{
    /// <summary>The declaration of a field; null where it declares other fields too.</summary>
    public static FieldDeclarationSyntax? DeclarationOf(IFieldSymbol field, CancellationToken cancellationToken)
        => field.DeclaringSyntaxReferences is [var reference]
            && reference.GetSyntax(cancellationToken).Parent?.Parent is FieldDeclarationSyntax { Declaration.Variables.Count: 1 } declaration
            ? declaration
            : null;

    /// <summary>The declaration with the modifier behind all others.</summary>
    public static FieldDeclarationSyntax Add(FieldDeclarationSyntax declaration, SyntaxKind modifier)
    {
        SyntaxToken token = SyntaxFactory.Token(modifier).WithTrailingTrivia(SyntaxFactory.Space);
        if (declaration.Modifiers.Count > 0)
            return declaration.AddModifiers(token);

        // the first token of all takes over what stands above the field
        SyntaxTriviaList above = declaration.Declaration.GetLeadingTrivia();
        return declaration.WithDeclaration(declaration.Declaration.WithoutLeadingTrivia()).AddModifiers(token.WithLeadingTrivia(above));
    }
}

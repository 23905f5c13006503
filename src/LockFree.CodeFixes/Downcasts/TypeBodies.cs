using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.Downcasts;

/// <summary>The bodies of a type, its nested types included, as an analyzer driver would hand them out.</summary>
internal static class TypeBodies
{
    public static IEnumerable<(ISymbol Member, IOperation Body)> Of(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            SyntaxNode declaration = reference.GetSyntax(cancellationToken);
            SemanticModel model = compilation.GetSemanticModel(declaration.SyntaxTree);
            foreach (SyntaxNode node in declaration.DescendantNodes(IsAboveBodies).Where(IsBody))
            {
                SyntaxNode owner = node is EqualsValueClauseSyntax or ArrowExpressionClauseSyntax ? node.Parent! : node;
                if (model.GetOperation(node, cancellationToken) is { } body && Owner(model, owner, cancellationToken) is { } member)
                    yield return (member, body);
            }
        }
    }

    private static ISymbol? Owner(SemanticModel model, SyntaxNode owner, CancellationToken cancellationToken)
    {
        ISymbol? declared = model.GetDeclaredSymbol(owner, cancellationToken);
        return owner switch
        {
            PropertyDeclarationSyntax { ExpressionBody: not null } or IndexerDeclarationSyntax => (declared as IPropertySymbol)?.GetMethod,
            _ => declared,
        };
    }

    private static bool IsAboveBodies(SyntaxNode node) => !IsBody(node);

    private static bool IsBody(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax or AccessorDeclarationSyntax => true,
        ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax or IndexerDeclarationSyntax } => true,
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax } => true,
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } } => true,
        _ => false,
    };
}

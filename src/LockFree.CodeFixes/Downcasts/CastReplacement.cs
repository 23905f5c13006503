using LockFree.Analyzers.Downcasts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.CodeFixes.Downcasts;

/// <summary>Replaces a cast of a lookup by a name.</summary>
internal static class CastReplacement
{
    /// <summary><c>(T)registry[key]</c> or <c>registry[key] as T</c>, nothing between, no comment inside, not in an expression tree.</summary>
    public static bool IsReplaceable(DowncastSite site)
        => site.Cast is IConversionOperation { IsImplicit: false } conversion
            && conversion.Operand == site.Lookup
            && site.Lookup is IPropertyReferenceOperation
            && !HasCommentsInside(Whole(site))
            && !IsInExpressionTree(site.Cast);

    public static bool IsAs(DowncastSite site) => site.Cast is IConversionOperation { IsTryCast: true };

    /// <summary>The cast with the parentheses that only it needed.</summary>
    public static ExpressionSyntax Whole(DowncastSite site)
        => site.Cast.Syntax.Parent is ParenthesizedExpressionSyntax parenthesized ? parenthesized : (ExpressionSyntax)site.Cast.Syntax;

    public static IdentifierNameSyntax Name(string name, SyntaxNode replaced) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(replaced);

    private static bool HasCommentsInside(SyntaxNode node)
        => node.DescendantTrivia(trivia => true).Any(trivia =>
            node.Span.Contains(trivia.Span) && !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));

    private static bool IsInExpressionTree(IOperation operation)
    {
        for (IOperation? parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation { Parent: not IDelegateCreationOperation })
                return true;
        }

        return false;
    }
}

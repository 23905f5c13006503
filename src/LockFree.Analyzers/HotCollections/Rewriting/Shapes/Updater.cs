using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting.Shapes;

/// <summary>
/// The expression that makes a new value of an old one. A map may run it again when another writer got in between, so it must be pure.
/// </summary>
/// <param name="Old">The variable that holds the old value.</param>
/// <param name="NewValue">The expression.</param>
internal sealed record Updater(FoundValue Old, ExpressionSyntax NewValue)
{
    /// <summary>Nobody else looks at the variable, and nothing can be noticed of another run.</summary>
    public bool IsExact(CompoundContext context, params SyntaxNode[] alsoGone)
    {
        SyntaxNode? member = NewValue.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        bool elsewhere = member is not null && member.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            Means(name, context.Model) && !NewValue.Span.Contains(name.Span) && !alsoGone.Any(gone => gone.Span.Contains(name.Span)));
        return !elsewhere && SimpleValue.IsPure(SimpleValue.OperationOf(NewValue, context.Model));
    }

    /// <summary><c>(_, old) => newValue</c></summary>
    public ExpressionSyntax Lambda(CompoundContext context)
    {
        string name = Old.DeclaredType is null ? context.FreshName("current", "currentValue", NewValue) : Old.Local.Name;
        var body = (ExpressionSyntax)With(SyntaxFactory.IdentifierName(name), context);
        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        return SyntaxFactory.ParenthesizedLambdaExpression(
            SyntaxFactory.ParameterList(SyntaxFactory.SeparatedList(
                new[] { SyntaxFactory.Parameter(SyntaxFactory.Identifier("_")), SyntaxFactory.Parameter(SyntaxFactory.Identifier(name)) },
                new[] { comma })).WithTrailingTrivia(SyntaxFactory.Space),
            body.WithoutTrivia())
            .WithArrowToken(SyntaxFactory.Token(SyntaxKind.EqualsGreaterThanToken).WithTrailingTrivia(SyntaxFactory.Space));
    }

    /// <summary>What is stored for a key that has no value yet, when the code takes <paramref name="initial"/> for the old one.</summary>
    public ExpressionSyntax FirstValue(ExpressionSyntax initial, CompoundContext context)
    {
        bool countsFromZero = initial is LiteralExpressionSyntax { Token.Value: 0 }
            && NewValue is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression, Left: IdentifierNameSyntax left } sum
            && Means(left, context.Model) && context.Model.GetTypeInfo(sum.Right).Type is { } type
            && SymbolEqualityComparer.Default.Equals(type, context.Field.ValueType);
        return countsFromZero ? ((BinaryExpressionSyntax)NewValue).Right.WithoutTrivia() : (ExpressionSyntax)With(initial, context).WithoutTrivia();
    }

    private SyntaxNode With(ExpressionSyntax replacement, CompoundContext context)
        => NewValue.ReplaceNodes(
            NewValue.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(name => Means(name, context.Model)),
            (original, _) => replacement.WithTriviaFrom(original));

    private bool Means(IdentifierNameSyntax name, SemanticModel model)
        => name.Identifier.ValueText == Old.Local.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, Old.Local);
}

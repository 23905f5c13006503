using LockFree.Analyzers.ConcurrentMaps;
using LockFree.Analyzers.HotCollections.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.CodeFixes.ConcurrentMaps;

/// <summary>A race that LF1002 has found, with the syntax of its two operations.</summary>
internal sealed class RaceSite(MapRace race, FunctionBody function, SemanticModel model)
{
    public MapRace Race { get; } = race;

    public SemanticModel Model { get; } = model;

    public RewritePlan Plan { get; } = new();

    public ExpressionSyntax Check { get; } = (ExpressionSyntax)race.Check.Operation.Syntax;

    public ExpressionSyntax Act { get; } = (ExpressionSyntax)race.Act.Operation.Syntax;

    /// <summary>The key as the check writes it.</summary>
    public ExpressionSyntax Key { get; } = (ExpressionSyntax)race.Check.Key!.Syntax;

    public ExpressionSyntax Map { get; } = (ExpressionSyntax)race.Check.Map.Syntax;

    public MapType MapType => Race.Check.Type;

    public INamedTypeSymbol MapSymbol => (INamedTypeSymbol)Race.Check.Map.Type!;

    public ITypeSymbol? ValueType => MapSymbol.TypeArguments is [_, var value] ? value : null;

    public FunctionBody Function { get; } = function;

    /// <summary>The race at a node; null where there is none any more.</summary>
    public static RaceSite? At(SyntaxNode site, SemanticModel model)
    {
        if (model.GetOperation(site) is not { } operation || MapOperation.Of(operation) is null)
            return null;
        FunctionBody function = FunctionBody.Around(operation);

        // whether the act is covered by a lock, and who else removes or stores, was asked when the finding was made
        MapRace? race = new CheckThenAct(function, removesOnDemand: _ => true, storesOnDemand: _ => false).Find().FirstOrDefault(found => found.Check.Operation.Syntax == site);
        return race is null || race.Check.Map.Syntax is not ExpressionSyntax || race.Check.Key?.Syntax is not ExpressionSyntax ? null : new RaceSite(race, function, model);
    }

    /// <summary>How often a local is named outside of the given nodes, its declaration aside.</summary>
    public bool IsNamedOutside(ISymbol local, params SyntaxNode[] nodes) =>
        Function.Root.Syntax.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == local.Name
            && !nodes.Any(node => node.Span.Contains(name.Span)) && SymbolEqualityComparer.Default.Equals(Model.GetSymbolInfo(name).Symbol, local));

    /// <summary>The variable the check declares in its argument: <c>out var value</c>.</summary>
    public ILocalSymbol? Declared => Race.Check.Value is IDeclarationExpressionOperation { Expression: ILocalReferenceOperation local } ? local.Local : null;

    /// <summary>The key at hand, so that writing it once where it stood twice, or in another place, changes nothing.</summary>
    public bool IsKeyAtHand => StableExpression.IsStableKey(Race.Check.Key);

    public static ExpressionSyntax Lambda(string parameter, ExpressionSyntax body) => SyntaxFactory.SimpleLambdaExpression(
        SyntaxFactory.Parameter(SyntaxFactory.Identifier(parameter).WithTrailingTrivia(SyntaxFactory.Space)), body.WithoutTrivia())
        .WithArrowToken(SyntaxFactory.Token(SyntaxKind.EqualsGreaterThanToken).WithTrailingTrivia(SyntaxFactory.Space));

    public static ExpressionSyntax Lambda(string first, string second, ExpressionSyntax body) => SyntaxFactory.ParenthesizedLambdaExpression(
        SyntaxFactory.ParameterList(SyntaxFactory.SeparatedList(
            new[] { SyntaxFactory.Parameter(SyntaxFactory.Identifier(first)), SyntaxFactory.Parameter(SyntaxFactory.Identifier(second)) },
            new[] { SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space) }))
            .WithTrailingTrivia(SyntaxFactory.Space),
        body.WithoutTrivia()).WithArrowToken(SyntaxFactory.Token(SyntaxKind.EqualsGreaterThanToken).WithTrailingTrivia(SyntaxFactory.Space));
}

using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting.Shapes;

/// <summary>
/// What a get-or-add does on a miss to make the value: some statements, then an expression. It becomes a value, or a lambda that the map
/// runs.
/// </summary>
/// <param name="Before">Statements that run first.</param>
/// <param name="Value">The value.</param>
internal sealed record ValueFactory(StatementSyntax[] Before, ExpressionSyntax Value)
{
    /// <summary>
    /// The call that gets or adds. <c>GetOrAdd</c> may run the factory of every caller that races: it serves only where that cannot be noticed.
    /// Null where the target, or a lambda, cannot do it.
    /// </summary>
    public ExpressionSyntax? Call(CompoundContext context, RegionOperation store, StatementSyntax at)
    {
        if (Before.Concat(new SyntaxNode[] { Value }).Any(CannotMoveIntoLambda))
            return null;

        ArgumentSyntax key = CallSyntax.Argument(store.Key);
        if (Before.Length == 0 && SimpleValue.IsAtHand(SimpleValue.OperationOf(Value, context.Model)) && context.Field.ValueType is { TypeKind: not TypeKind.Delegate })
            return CallSyntax.Of(store.Map, "GetOrAdd", key, CallSyntax.Argument(Value));

        bool pure = Before.Length == 0 && SimpleValue.IsPure(SimpleValue.OperationOf(Value, context.Model));
        if (!pure && !context.Target.RunsFactoriesOnce)
            return null;

        context.RunsFactoryOnce = !pure;
        ExpressionSyntax lambda = Lambda(context, store, at);
        return SyntaxFactory.InvocationExpression(
            CallSyntax.Member(store.Map, pure ? "GetOrAdd" : "GetOrAddOnce"),
            SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(
                new[] { key, SyntaxFactory.Argument(lambda) },
                new[] { SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space) })));
    }

    /// <summary>Leaving, waiting and yielding are things a method does, not a function within it.</summary>
    private static bool CannotMoveIntoLambda(SyntaxNode node)
        => node.DescendantNodesAndSelf(inner => inner is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(inner =>
            inner is ReturnStatementSyntax or YieldStatementSyntax or AwaitExpressionSyntax or GotoStatementSyntax or LabeledStatementSyntax
                or BreakStatementSyntax or ContinueStatementSyntax or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 }
                or RefExpressionSyntax or StackAllocArrayCreationExpressionSyntax);

    private ExpressionSyntax Lambda(CompoundContext context, RegionOperation store, StatementSyntax at)
    {
        string parameter = "_";
        Func<SyntaxNode, SyntaxNode> body = node => node;
        if (KeyVariable(context, store) is { } keyVariable)
        {
            parameter = context.FreshName("key", "missingKey", at);
            body = node => node.ReplaceNodes(
                node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(name => Means(name, keyVariable, context.Model)),
                (original, _) => SyntaxFactory.IdentifierName(parameter).WithTriviaFrom(original));
        }
        else if (Before.Append<SyntaxNode>(Value).Any(node => node.DescendantTokens().Any(token => token.ValueText == "_")))
            parameter = context.FreshName("key", "missingKey", at);

        ParameterSyntax declared = SyntaxFactory.Parameter(SyntaxFactory.Identifier(parameter).WithTrailingTrivia(SyntaxFactory.Space));
        SyntaxToken arrow = SyntaxFactory.Token(SyntaxKind.EqualsGreaterThanToken);
        if (Before.Length == 0)
        {
            return SyntaxFactory.SimpleLambdaExpression(
                declared, ((ExpressionSyntax)body(Value)).WithoutTrivia()).WithArrowToken(arrow.WithTrailingTrivia(SyntaxFactory.Space));
        }

        return SyntaxFactory.SimpleLambdaExpression(declared, Block(at, body)).WithArrowToken(arrow.WithTrailingTrivia(LineLayout.LineEndOf(at.SyntaxTree.GetRoot())));
    }

    private BlockSyntax Block(StatementSyntax at, Func<SyntaxNode, SyntaxNode> body)
    {
        SyntaxTrivia lineEnd = LineLayout.LineEndOf(at.SyntaxTree.GetRoot());
        string outer = LineLayout.IndentationOf(at) ?? "";
        string inner = outer + LineLayout.UnitAt(at);
        StatementSyntax[] before = Before.Select(statement =>
            LineLayout.Shift((StatementSyntax)body(statement), LineLayout.IndentationOf(statement) ?? inner, inner)).ToArray();
        before[0] = before[0].WithLeadingTrivia(LineLayout.WithoutFirstBlankLines(before[0].GetLeadingTrivia()));
        StatementSyntax last = SyntaxFactory.ReturnStatement(((ExpressionSyntax)body(Value)).WithoutTrivia())
            .WithReturnKeyword(SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithLeadingTrivia(SyntaxFactory.Whitespace(inner))
            .WithTrailingTrivia(lineEnd);
        return SyntaxFactory.Block(before.Append(last))
            .WithOpenBraceToken(SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithLeadingTrivia(SyntaxFactory.Whitespace(outer)).WithTrailingTrivia(lineEnd))
            .WithCloseBraceToken(SyntaxFactory.Token(SyntaxKind.CloseBraceToken).WithLeadingTrivia(SyntaxFactory.Whitespace(outer)));
    }

    /// <summary>
    /// The variable that is the key, if the factory uses it: the lambda takes it as its parameter and need not capture it. Its type must be the
    /// key's own, or overloads might resolve otherwise.
    /// </summary>
    private ISymbol? KeyVariable(CompoundContext context, RegionOperation store)
    {
        ISymbol? symbol = context.Model.GetSymbolInfo(store.Key).Symbol;
        ITypeSymbol? type = symbol switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol parameter => parameter.Type,
            _ => null,
        };
        bool used = type is not null && SymbolEqualityComparer.Default.Equals(type, context.Field.KeyType)
            && Before.Append<SyntaxNode>(Value).Any(node => node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => Means(name, symbol!, context.Model)));
        return used && !Before.Any(statement => IsAssignedIn(statement, symbol!, context.Model)) ? symbol : null;
    }

    private static bool Means(IdentifierNameSyntax name, ISymbol symbol, SemanticModel model)
        => name.Identifier.ValueText == symbol.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, symbol);

    private static bool IsAssignedIn(StatementSyntax statement, ISymbol symbol, SemanticModel model)
        => model.AnalyzeDataFlow(statement) is not { Succeeded: true } flow || flow.WrittenInside.Contains(symbol, SymbolEqualityComparer.Default);
}

using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.ReadMostly;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.CodeFixes.ReadMostly;

/// <summary>One call of <c>Update</c> in the place of a load, a change and a store.</summary>
internal sealed class AtomicUpdate
{
    private readonly ExpressionSyntax _site;
    private readonly LocalDeclarationStatementSyntax? _load;
    private readonly ExpressionSyntax _replacement;

    private AtomicUpdate(ExpressionSyntax site, LocalDeclarationStatementSyntax? load, ExpressionSyntax replacement)
    {
        _site = site;
        _load = load;
        _replacement = replacement;
    }

    /// <summary>Null where the update would not be the same, or cannot be written.</summary>
    /// <param name="site">The assignment to the field, or the call of <c>Store</c>.</param>
    /// <param name="model">Of its document.</param>
    public static AtomicUpdate? Of(ExpressionSyntax site, SemanticModel model)
    {
        if (!IsWholeStatement(site, model) || site.DescendantTrivia().Any(trivia => trivia.IsDirective && site.Span.Contains(trivia.Span)))
            return null;
        return model.GetOperation(site) switch
        {
            ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field.IsVolatile: false } field } assignment
                when LostFieldUpdate.IsLoadChangeStore(assignment) => Of(
                    site, (ExpressionSyntax)assignment.Value.Syntax, part => part is IFieldReferenceOperation && OperationEquality.SameValue(part, field),
                    lambda => CallOfImmutableInterlocked((AssignmentExpressionSyntax)site, lambda, model), model),
            IInvocationOperation { TargetMethod.Name: "Store", Instance: { } cell, Arguments: [{ Value: var value }] }
                when CellTypes.In(model.Compilation) is { } cells => Of(
                    site, (ExpressionSyntax)value.Syntax, part => cells.LoadedBy(part) is { } loaded && OperationEquality.SameValue(loaded, cell),
                    lambda => CallOfUpdate((InvocationExpressionSyntax)site, lambda), model),
            _ => null,
        };
    }

    public SyntaxNode ApplyTo(SyntaxNode root)
    {
        if (_load is null)
            return root.ReplaceNode(_site, _replacement.WithTriviaFrom(_site));

        StatementSyntax store = _site.FirstAncestorOrSelf<StatementSyntax>()!;
        StatementSyntax update = store.ReplaceNode(_site, _replacement.WithTriviaFrom(_site)).WithLeadingTrivia(Joined(_load, store));
        root = root.TrackNodes(_load, store);
        root = root.ReplaceNode(root.GetCurrentNode(store)!, update);
        return root.RemoveNode(root.GetCurrentNode(_load)!, SyntaxRemoveOptions.KeepNoTrivia)!;
    }

    private static AtomicUpdate? Of(
        ExpressionSyntax site, ExpressionSyntax value, Func<IOperation, bool> isLoad, Func<ExpressionSyntax, ExpressionSyntax?> callWith, SemanticModel model)
    {
        IOperation? computed = model.GetOperation(value);
        if (computed is null || !CanBeCaptured(value, model))
            return null;

        IOperation[] loads = computed.DescendantsAndSelf().Where(isLoad).ToArray();
        LoadIntoLocal? local = loads.Length == 0 ? LoadIntoLocal.Before(site, value, isLoad, model) : null;
        if (loads.Length == 0 && local is null || !RepeatableValue.Is(computed, isLoad))
            return null;

        if ((local?.Name ?? FreshName.In(site, "current", "latest", "present")) is not { } parameter)
            return null;
        ExpressionSyntax body = value.ReplaceNodes(
            loads.Select(load => load.Syntax), (original, _) => SyntaxFactory.IdentifierName(parameter).WithTriviaFrom(original));
        ExpressionSyntax lambda = SyntaxFactory.SimpleLambdaExpression(
            SyntaxFactory.Parameter(SyntaxFactory.Identifier(parameter).WithTrailingTrivia(SyntaxFactory.Space)), body.WithoutLeadingTrivia())
            .WithArrowToken(SyntaxFactory.Token(SyntaxKind.EqualsGreaterThanToken).WithTrailingTrivia(SyntaxFactory.Space));
        return callWith(lambda) is { } call ? new AtomicUpdate(site, local?.Declaration, call) : null;
    }

    /// <summary>Nobody gets the value: a body that is an expression returns it, unless the function returns nothing.</summary>
    private static bool IsWholeStatement(ExpressionSyntax site, SemanticModel model) =>
        site.Parent is ExpressionStatementSyntax
        || site.Parent is ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax or LocalFunctionStatementSyntax } body
            && model.GetDeclaredSymbol(body.Parent!) is IMethodSymbol { ReturnsVoid: true };

    private static ExpressionSyntax? CallOfUpdate(InvocationExpressionSyntax store, ExpressionSyntax lambda) =>
        store.Expression is MemberAccessExpressionSyntax access
            ? store.WithExpression(access.WithName(SyntaxFactory.IdentifierName("Update")))
                .WithArgumentList(store.ArgumentList.WithArguments(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(lambda))))
            : null;

    private static ExpressionSyntax? CallOfImmutableInterlocked(AssignmentExpressionSyntax assignment, ExpressionSyntax lambda, SemanticModel model)
    {
        if (model.Compilation.GetTypeByMetadataName("System.Collections.Immutable.ImmutableInterlocked") is not { } interlocked)
            return null;
        string type = interlocked.ToMinimalDisplayString(model, assignment.SpanStart);
        return SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.ParseName(type), SyntaxFactory.IdentifierName("Update")),
            SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(
                new[]
                {
                    SyntaxFactory.Argument(assignment.Left.WithoutTrivia())
                        .WithRefKindKeyword(SyntaxFactory.Token(SyntaxKind.RefKeyword).WithTrailingTrivia(SyntaxFactory.Space)),
                    SyntaxFactory.Argument(lambda),
                },
                new[] { SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space) })));
    }

    /// <summary>No function within a method can use its by-reference parameters and locals, its spans, or the fields of a struct.</summary>
    internal static bool CanBeCaptured(ExpressionSyntax value, SemanticModel model)
    {
        bool isInStruct = model.GetEnclosingSymbol(value.SpanStart)?.ContainingType is { IsValueType: true };
        foreach (SyntaxNode node in value.DescendantNodesAndSelf())
        {
            bool canBe = node switch
            {
                ThisExpressionSyntax => !isInStruct,
                BaseExpressionSyntax => false,
                IdentifierNameSyntax name => model.GetSymbolInfo(name).Symbol switch
                {
                    IParameterSymbol parameter => parameter.RefKind == RefKind.None && !parameter.Type.IsRefLikeType,
                    ILocalSymbol local => !local.IsRef && !local.Type.IsRefLikeType,
                    IFieldSymbol or IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary } => !isInStruct,
                    _ => true,
                },
                _ => true,
            };
            if (!canBe)
                return false;
        }

        return true;
    }

    /// <summary>What stood before the load, then the comments before the store.</summary>
    private static SyntaxTriviaList Joined(StatementSyntax load, StatementSyntax store)
    {
        SyntaxTriviaList before = load.GetLeadingTrivia();
        if (store.GetLeadingTrivia().All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia)))
            return before;
        while (before.Count > 0 && before[before.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia))
            before = before.RemoveAt(before.Count - 1);
        return before.AddRange(store.GetLeadingTrivia());
    }
}

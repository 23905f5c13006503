using LockFree.Analyzers.ConcurrentMaps;
using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.HotCollections.Rewriting;
using LockFree.CodeFixes.ReadMostly;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.CodeFixes.ConcurrentMaps;

/// <summary><c>if (!map.TryGetValue(key, out var value)) { value = Make(key); map[key] = value; }</c> → <c>var value = map.GetOrAdd(key, key => Make(key));</c></summary>
internal static class GetOrAddRewrite
{
    public static bool TryPlan(RaceSite site, CancellationToken cancellationToken)
    {
        if (site.MapType == MapType.ShardedSet || KeyTest.Of(site.Check) is not { Prefix: null, If: { Else: null, Parent: BlockSyntax } } test
            || test.OnMiss(site.Model) is not { } onMiss || Stored.Read(onMiss, site) is not { } stored || CallOf(site, stored, cancellationToken) is not { } call)
            return false;

        if (site.Race.Check.Kind == MapOperationKind.Contains)
        {
            if (!test.MissIsTrue || stored.After.Length > 0 || stored.IsReturned || stored.Names.Length > 0)
                return false;
            site.Plan.Replace(test.If, SyntaxFactory.ExpressionStatement(call).WithTriviaFrom(test.If));
            return true;
        }

        return site.Race.Check.Received is { } found && !Mentions(stored.Value, found.Name)
            && (TryPlanAssigned(site, test, stored, found, call) || TryPlanReturned(site, test, stored, found, call));
    }

    /// <summary>The miss gives the variable the stored value, and both ways go on behind it.</summary>
    private static bool TryPlanAssigned(RaceSite site, KeyTest test, Stored stored, ISymbol found, ExpressionSyntax call)
    {
        if (!test.MissIsTrue || stored.After.Length > 0 || stored.IsReturned || !stored.Names.Contains(found.Name) || stored.Names.Any(name => name != found.Name))
            return false;
        site.Plan.Replace(test.If, Declaration(site, found, call).WithTriviaFrom(test.If));
        return true;
    }

    /// <summary>One way returns what was found, the other what was stored.</summary>
    private static bool TryPlanReturned(RaceSite site, KeyTest test, Stored stored, ISymbol found, ExpressionSyntax call)
    {
        // a variable declared elsewhere would be left behind with nobody using it
        if (site.Declared is null)
            return false;
        StatementSyntax[] rest = test.Rest;
        StatementSyntax[] onHit = test.MissIsTrue ? rest : KeyTest.Flatten(test.If.Statement);
        if (onHit is not [ReturnStatementSyntax { Expression: IdentifierNameSyntax hit }] || hit.Identifier.ValueText != found.Name)
            return false;
        bool returnsStored = stored.IsReturned ? stored.After.Length == 0
            : stored.After is [ReturnStatementSyntax { Expression: IdentifierNameSyntax kept }] && stored.Names.Contains(kept.Identifier.ValueText);
        if (!returnsStored)
            return false;
        site.Plan.Merge(
            test.If,
            rest,
            SyntaxFactory.ReturnStatement(call)
                .WithReturnKeyword(SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(SyntaxFactory.Space))
                .WithLeadingTrivia(test.If.GetLeadingTrivia())
                .WithTrailingTrivia((rest.Length > 0 ? rest[rest.Length - 1] : test.If).GetTrailingTrivia()));
        return true;
    }

    /// <summary><c>var value = call;</c>, or an assignment where the variable was there before.</summary>
    private static StatementSyntax Declaration(RaceSite site, ISymbol found, ExpressionSyntax call)
    {
        SyntaxToken equals = SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space);
        return site.Race.Check.Value!.Syntax is DeclarationExpressionSyntax declared
            ? SyntaxFactory.LocalDeclarationStatement(SyntaxFactory.VariableDeclaration(
                declared.Type.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.Space),
                SyntaxFactory.SingletonSeparatedList(SyntaxFactory.VariableDeclarator(found.Name).WithInitializer(SyntaxFactory.EqualsValueClause(equals, call)))))
            : SyntaxFactory.ExpressionStatement(SyntaxFactory.AssignmentExpression(
                SyntaxKind.SimpleAssignmentExpression, SyntaxFactory.IdentifierName(found.Name), equals, call));
    }

    /// <summary>The one call; null where the map's running the code that makes the value could be noticed.</summary>
    private static ExpressionSyntax? CallOf(RaceSite site, Stored stored, CancellationToken cancellationToken)
    {
        IOperation? made = site.Model.GetOperation(stored.Value, cancellationToken);
        if (made is null || site.ValueType is not { TypeKind: not TypeKind.Delegate } valueType || !AtomicUpdate.CanBeCaptured(stored.Value, site.Model))
            return null;

        ArgumentSyntax key = CallSyntax.Argument(site.Key);
        if (SimpleValue.IsAtHand(made))
            return CallSyntax.Of(site.Map, site.Race.Check.Kind == MapOperationKind.Contains ? "TryAdd" : "GetOrAdd", key, CallSyntax.Argument(stored.Value));
        if (ChangesVariables(stored.Value, site.Model) || !new FactoryReach(site.Model.Compilation, cancellationToken).StaysAway(made))
            return null;

        // a ConcurrentDictionary may make two and forget one, as the two operations did; it must not be one that has to be disposed
        bool isOwned = IsDisposable(valueType) || IsDisposable(made.Type);
        if (isOwned && site.MapType == MapType.ConcurrentDictionary)
            return null;
        string method = site.MapType == MapType.ShardedMap && !SimpleValue.IsPure(made) ? "GetOrAddOnce" : "GetOrAdd";
        return CallSyntax.Of(site.Map, method, key, CallSyntax.Argument(Factory(site, stored.Value)));
    }

    /// <summary>The lambda takes the key as its parameter where that is a variable it uses, and need not capture it.</summary>
    private static ExpressionSyntax Factory(RaceSite site, ExpressionSyntax value)
    {
        ISymbol? key = site.Race.Check.Key is ILocalReferenceOperation or IParameterReferenceOperation ? StableExpression.SymbolOf(site.Race.Check.Key) : null;
        if (key is not null && SymbolEqualityComparer.Default.Equals(site.Race.Check.Key!.Type, site.MapSymbol.TypeArguments[0]))
        {
            IdentifierNameSyntax[] names = value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(name =>
                name.Identifier.ValueText == key.Name && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(name).Symbol, key)).ToArray();
            if (names.Length > 0)
            {
                string parameter = FreshName.Numbered(value, "key", "missingKey");
                return RaceSite.Lambda(parameter, value.ReplaceNodes(names, (original, _) => SyntaxFactory.IdentifierName(parameter).WithTriviaFrom(original)));
            }
        }

        return RaceSite.Lambda(Mentions(value, "_") ? FreshName.Numbered(value, "key", "missingKey") : "_", value);
    }

    private static bool ChangesVariables(ExpressionSyntax value, SemanticModel model) =>
        model.AnalyzeDataFlow(value) is not { Succeeded: true, WrittenInside.IsEmpty: true };

    private static bool IsDisposable(ITypeSymbol? type) => type is not null
        && type.AllInterfaces.Prepend(type).Any(contract => contract.SpecialType == SpecialType.System_IDisposable || contract.Name == "IAsyncDisposable");

    private static bool Mentions(SyntaxNode node, string name) => node.DescendantTokens().Any(token => token.ValueText == name);

    /// <summary>The statements of a miss, read as "make a value, store it, go on".</summary>
    private sealed record Stored(ExpressionSyntax Value, string[] Names, StatementSyntax[] After, bool IsReturned)
    {
        public static Stored? Read(StatementSyntax[] statements, RaceSite site)
        {
            int index = Array.FindIndex(statements, statement => statement.Span.Contains(site.Act.Span));
            ExpressionSyntax store = site.Race.Act.Kind == MapOperationKind.Set ? (ExpressionSyntax)site.Act.Parent! : site.Act;
            if (index is not (0 or 1) || site.Race.Act.Value?.Syntax is not ExpressionSyntax value)
                return null;

            var names = new List<string>();
            if (site.Race.Act.Value is ISimpleAssignmentOperation { Target: ILocalReferenceOperation or IParameterReferenceOperation } inner)
            {
                names.Add(StableExpression.SymbolOf(inner.Target)!.Name);
                value = (ExpressionSyntax)inner.Value.Syntax;
            }

            switch (statements[index])
            {
                case ExpressionStatementSyntax { Expression: var whole } when whole == store:
                    break;
                case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax local, Right: var right } }
                    when right == store && site.Race.Act.Kind == MapOperationKind.Set:
                    names.Add(local.Identifier.ValueText);
                    break;
                case ReturnStatementSyntax { Expression: var returned } when returned == store && site.Race.Act.Kind == MapOperationKind.Set:
                    return index == 0 ? new Stored(value, [.. names], [.. statements.Skip(1)], IsReturned: true) : null;
                default:
                    return null;
            }

            if (index == 1)
            {
                // variable = value; map[key] = variable;
                if (value is not IdentifierNameSyntax { Identifier.ValueText: var name } || MakerIn(statements[0], name) is not { } made)
                    return null;
                names.Add(name);
                value = made;
            }

            return new Stored(value, [.. names], [.. statements.Skip(index + 1)], IsReturned: false);
        }

        private static ExpressionSyntax? MakerIn(StatementSyntax statement, string name) => statement switch
        {
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax target } assignment }
                when target.Identifier.ValueText == name => assignment.Right,
            LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables: [{ Initializer: { } initializer } variable] }
                when variable.Identifier.ValueText == name => initializer.Value,
            _ => null,
        };
    }
}

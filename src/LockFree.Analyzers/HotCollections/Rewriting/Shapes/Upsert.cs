using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting.Shapes;

/// <summary>
/// <c>if (map.TryGetValue(key, out var n)) map[key] = n + 1; else map[key] = 1;</c> → <c>map.AddOrUpdate(key, 1, (_, n) => n + 1);</c>, and the ways in
/// which the same is said with a conditional expression or a default.
/// </summary>
internal sealed class Upsert : IRegionShape
{
    public bool TryPlan(CompoundContext context)
    {
        if (context.IsSet || !CompoundContext.IsTryGetValue(context.First) || context.OutVariable(context.First) is not { } old
            || !context.Operations.Skip(1).All(operation => operation.HasSameKeyAs(context.First) && operation.OwnStatement is not null))
            return false;

        RegionOperation[] stores = context.Operations.Skip(1).ToArray();
        return stores switch
        {
            [{ Kind: CollectionOperation.Set } store] => TryPlanDefault(context, old, store),
            [{ StoredValue: not null }, { StoredValue: not null }] => TryPlanArms(context, old, stores),
            _ => false,
        };
    }

    /// <summary>Each arm of the if statement stores, and does nothing else.</summary>
    private static bool TryPlanArms(CompoundContext context, FoundValue old, RegionOperation[] stores)
    {
        if (KeyTest.Of(context.First.Syntax) is not { Prefix: null, HitBody: { } hit, MissBody: { } miss } test
            || StoreIn(hit, stores) is not { Kind: CollectionOperation.Set, StoredValue: { } updated }
            || StoreIn(miss, stores) is not { StoredValue: { } added })
            return false;

        var updater = new Updater(old, updated);
        if (!updater.IsExact(context, context.First.Syntax) || !SimpleValue.IsPureAndSafe(SimpleValue.OperationOf(added, context.Model)))
            return false;

        context.Plan.Replace(test.If, Call(context, added, updater).WithTriviaFrom(test.If));
        return true;
    }

    /// <summary><c>if (!map.TryGetValue(key, out var n)) n = 0; map[key] = n + 1;</c></summary>
    private static bool TryPlanDefault(CompoundContext context, FoundValue old, RegionOperation store)
    {
        if (KeyTest.Of(context.First.Syntax) is not { Prefix: null, MissIsTrue: true, If: { Else: null, Parent: BlockSyntax } } test
            || KeyTest.Flatten(test.If.Statement) is not [ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } defaulted]
            || assignment is not { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax target, Right: LiteralExpressionSyntax initial }
            || target.Identifier.ValueText != old.Local.Name || test.Rest.FirstOrDefault() != store.OwnStatement || store.StoredValue is not { } updated)
            return false;

        var updater = new Updater(old, updated);
        if (!updater.IsExact(context, context.First.Syntax, defaulted))
            return false;

        ExpressionStatementSyntax call = Call(context, updater.FirstValue(initial, context), updater);
        context.Plan.Merge(
            test.If, [store.OwnStatement!], call.WithLeadingTrivia(test.If.GetLeadingTrivia()).WithTrailingTrivia(store.OwnStatement!.GetTrailingTrivia()));
        return true;
    }

    private static RegionOperation? StoreIn(StatementSyntax body, RegionOperation[] stores)
        => KeyTest.Flatten(body) is [var only] ? stores.FirstOrDefault(store => store.OwnStatement == only) : null;

    private static ExpressionStatementSyntax Call(CompoundContext context, ExpressionSyntax added, Updater updater)
        => SyntaxFactory.ExpressionStatement(CallSyntax.Of(
            context.First.Map, "AddOrUpdate", CallSyntax.Argument(context.First.Key), CallSyntax.Argument(added), CallSyntax.Argument(updater.Lambda(context))));
}

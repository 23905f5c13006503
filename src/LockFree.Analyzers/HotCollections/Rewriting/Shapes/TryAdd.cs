using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting.Shapes;

/// <summary><c>if (!map.ContainsKey(key)) { map.Add(key, value); … }</c> → <c>if (map.TryAdd(key, value)) { … }</c>, and its mirror images.</summary>
internal sealed class TryAdd : IRegionShape
{
    public bool TryPlan(CompoundContext context)
    {
        if (context.Operations is not [var probe, { Kind: CollectionOperation.Add or CollectionOperation.Set or CollectionOperation.TryAdd } store]
            || !store.HasSameKeyAs(probe) || !context.AsksOnlyWhether(probe)
            || store.OwnStatement is not { } stored || KeyTest.Of(probe.Syntax) is not { } test
            || test.OnMiss(context.Model) is not [var first, ..] || first != stored)
            return false;

        // The value is now made before the question is answered.
        if (store.StoredValue is { } value && !SimpleValue.IsPureAndSafe(SimpleValue.OperationOf(value, context.Model)))
            return false;

        return TryPlan(context.Plan, test, stored, context.Target.TryAdd(store.Map, store.Key, store.StoredValue, context.Field));
    }

    private static bool TryPlan(RewritePlan plan, KeyTest test, ExpressionStatementSyntax stored, ExpressionSyntax tryAdd)
    {
        StatementSyntax alone = SyntaxFactory.ExpressionStatement(tryAdd);
        if (test.MissBody is not { } miss)
        {
            // if (found) { leave } store; …
            plan.Merge(test.If, [stored], CompoundContext.With(test.If, CallSyntax.Not(tryAdd), test.If.Statement, null));
        }
        else if (!test.MissIsTrue)
        {
            // if (found) { … } else { store; … }
            ElseClauseSyntax? rest = CompoundContext.WithoutFirst(miss) is { } left ? test.If.Else!.WithStatement(left) : null;
            plan.Replace(test.If, CompoundContext.With(test.If, CallSyntax.Not(tryAdd), test.If.Statement, rest));
        }
        else if (CompoundContext.WithoutFirst(miss) is { } left)
            plan.Replace(test.If, CompoundContext.With(test.If, test.Condition(tryAdd), left, test.If.Else));
        else if (test.Prefix is not null)
        {
            // if (prefix && !found) { store; }
            if (test.If.Else is not null)
                return false;

            plan.Replace(test.If, test.If.ReplaceNode(stored, alone.WithTriviaFrom(stored)).WithCondition(test.Prefix.WithoutTrivia()));
        }
        else if (test.If.Else is { } hit)
            plan.Replace(test.If, CompoundContext.With(test.If, CallSyntax.Not(tryAdd), hit.Statement, null));
        else
            plan.Replace(test.If, alone.WithTriviaFrom(test.If));

        return true;
    }
}

using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting.Shapes;

/// <summary><c>if (map.TryGetValue(key, out var value)) { map.Remove(key); … }</c> → <c>if (map.TryRemove(key, out var value)) { … }</c>.</summary>
internal sealed class RemoveIf : IRegionShape
{
    public bool TryPlan(CompoundContext context)
    {
        if (context.Operations is not [var probe, { Kind: CollectionOperation.Remove, Arguments.Count: 1 } remove]
            || !remove.HasSameKeyAs(probe) || remove.OwnStatement is not { } removed
            || !(probe.Kind == CollectionOperation.Contains || CompoundContext.IsTryGetValue(probe)))
            return false;

        ArgumentSyntax? value = CompoundContext.IsTryGetValue(probe) ? probe.Arguments[1] : null;
        ExpressionSyntax tryRemove = context.Target.TryRemove(probe.Map, probe.Arguments[0], value, context.Field);
        if (probe.OwnStatement is { } asked)
            return TryPlanUnasked(context.Plan, asked, removed, tryRemove);

        if (KeyTest.Of(probe.Syntax) is not { } test || test.OnHit(context.Model) is not [var first, ..] || first != removed)
            return false;

        return TryPlan(context.Plan, test, removed, tryRemove);
    }

    /// <summary><c>map.TryGetValue(key, out value); map.Remove(key);</c>, whose answers nobody waits for.</summary>
    private static bool TryPlanUnasked(RewritePlan plan, ExpressionStatementSyntax asked, ExpressionStatementSyntax removed, ExpressionSyntax tryRemove)
    {
        if (asked.Parent is not BlockSyntax block || block != removed.Parent || block.Statements.IndexOf(asked) + 1 != block.Statements.IndexOf(removed))
            return false;

        plan.Merge(asked, [removed], asked.WithExpression(tryRemove.WithTriviaFrom(asked.Expression)));
        return true;
    }

    private static bool TryPlan(RewritePlan plan, KeyTest test, ExpressionStatementSyntax removed, ExpressionSyntax tryRemove)
    {
        if (test.HitBody is not { } hit)
        {
            // if (!found) { leave } remove; …
            plan.Merge(test.If, [removed], CompoundContext.With(test.If, CallSyntax.Not(tryRemove), test.If.Statement, null));
            return true;
        }

        StatementSyntax? left = CompoundContext.WithoutFirst(hit);
        if (test.MissIsTrue)
            plan.Replace(test.If, CompoundContext.With(test.If, CallSyntax.Not(tryRemove), test.If.Statement, left is null ? null : test.If.Else!.WithStatement(left)));
        else if (left is not null)
            plan.Replace(test.If, CompoundContext.With(test.If, test.Condition(tryRemove), left, test.If.Else));
        else if (test.Prefix is not null)
        {
            // if (prefix && found) { remove; }: what the look-up declares would be out of reach behind the if statement
            if (test.If.Else is not null || tryRemove.DescendantNodes().OfType<DeclarationExpressionSyntax>().Any(declared => declared.Designation is not DiscardDesignationSyntax))
                return false;

            StatementSyntax alone = SyntaxFactory.ExpressionStatement(tryRemove).WithTriviaFrom(removed);
            plan.Replace(test.If, test.If.ReplaceNode(removed, alone).WithCondition(test.Prefix.WithoutTrivia()));
        }
        else if (test.If.Else is { } miss)
            plan.Replace(test.If, CompoundContext.With(test.If, CallSyntax.Not(tryRemove), miss.Statement, null));
        else
            plan.Replace(test.If, SyntaxFactory.ExpressionStatement(tryRemove).WithTriviaFrom(test.If));

        return true;
    }
}

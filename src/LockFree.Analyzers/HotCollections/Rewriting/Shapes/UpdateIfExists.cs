using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting.Shapes;

/// <summary>
/// <c>if (map.TryGetValue(key, out var old)) map[key] = old + 1;</c> → <c>map.TryUpdate(key, (_, old) => old + 1, out _);</c>, where the target has that.
/// </summary>
internal sealed class UpdateIfExists : IRegionShape
{
    public bool TryPlan(CompoundContext context)
    {
        if (!context.Target.UpdatesInPlace || context.IsSet
            || context.Operations is not [var probe, { Kind: CollectionOperation.Set, StoredValue: { } value, OwnStatement: { } stored } store]
            || !store.HasSameKeyAs(probe)
            || KeyTest.Of(probe.Syntax) is not { } test || test.If.Else is not null
            || test.OnHit(context.Model) is not [var first, ..] || first != stored
            || Lambda(context, probe, value) is not { } lambda)
            return false;

        ExpressionSyntax update = CallSyntax.Of(store.Map, "TryUpdate", CallSyntax.Argument(store.Key), CallSyntax.Argument(lambda), CallSyntax.Discard);
        if (test.MissIsTrue)
        {
            // if (!found) { leave } store; …
            context.Plan.Merge(test.If, [stored], CompoundContext.With(test.If, CallSyntax.Not(update), test.If.Statement, null));
            return true;
        }

        if (CompoundContext.WithoutFirst(test.If.Statement) is { } left)
            context.Plan.Replace(test.If, CompoundContext.With(test.If, test.Condition(update), left, null));
        else if (test.Prefix is null)
            context.Plan.Replace(test.If, SyntaxFactory.ExpressionStatement(update).WithTriviaFrom(test.If));
        else
            return false;

        return true;
    }

    private static ExpressionSyntax? Lambda(CompoundContext context, RegionOperation probe, ExpressionSyntax value)
    {
        if (CompoundContext.IsTryGetValue(probe) && context.OutVariable(probe) is { } old)
        {
            var updater = new Updater(old, value);
            return updater.IsExact(context, probe.Syntax) ? updater.Lambda(context) : null;
        }

        bool constant = probe.Kind == CollectionOperation.Contains && SimpleValue.IsAtHand(SimpleValue.OperationOf(value, context.Model));
        return constant ? SyntaxFactory.ParseExpression($"(_, {context.FreshName("current", "currentValue", value)}) => {value.WithoutTrivia()}") : null;
    }
}

using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting.Shapes;

/// <summary><c>map[key] = map.TryGetValue(key, out var n) ? n + 1 : 1;</c> → <c>map.AddOrUpdate(key, 1, (_, n) => n + 1);</c></summary>
internal sealed class UpsertExpression : IRegionShape
{
    public bool TryPlan(CompoundContext context)
    {
        if (context.IsSet || context.Operations is not [var probe, { Kind: CollectionOperation.Set, StoredValue: ConditionalExpressionSyntax choice } store]
            || !CompoundContext.IsTryGetValue(probe) || !store.HasSameKeyAs(probe) || store.OwnStatement is null
            || choice.Condition != probe.Syntax || context.OutVariable(probe) is not { } old)
            return false;

        var updater = new Updater(old, choice.WhenTrue);
        if (!updater.IsExact(context, probe.Syntax) || !SimpleValue.IsPureAndSafe(SimpleValue.OperationOf(choice.WhenFalse, context.Model)))
            return false;

        context.Plan.Replace(store.Syntax, CallSyntax.Of(
            store.Map, "AddOrUpdate", CallSyntax.Argument(store.Key), CallSyntax.Argument(choice.WhenFalse), CallSyntax.Argument(updater.Lambda(context)))
            .WithTriviaFrom(store.Syntax));
        return true;
    }
}

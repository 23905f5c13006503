using LockFree.Analyzers.ConcurrentMaps;
using LockFree.Analyzers.HotCollections.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.ConcurrentMaps;

/// <summary><c>if (map.ContainsKey(key)) return; map.TryAdd(key, mark);</c> → <c>if (!map.TryAdd(key, mark)) return;</c></summary>
internal static class TryAddRewrite
{
    public static bool TryPlan(RaceSite site)
    {
        if (site.Race.Check.Kind != MapOperationKind.Contains || KeyTest.Of(site.Check) is not { Prefix: null } test
            || test.OnMiss(site.Model) is not [ExpressionStatementSyntax store, ..] || !store.Span.Contains(site.Act.Span) || AddOf(site, store) is not { } add)
            return false;

        // where the miss's own body is the store alone, an empty one would be left
        if (test.MissBody is { } miss && (miss is not BlockSyntax || KeyTest.Flatten(miss).Length < 2))
            return false;
        site.Plan.Replace(test.If.Condition, (test.MissIsTrue ? add : CallSyntax.Not(add)).WithTriviaFrom(test.If.Condition));
        site.Plan.Remove(store);
        return true;
    }

    /// <summary>The attempt to add; null where the value is made, which now would happen where the key is there, too.</summary>
    private static ExpressionSyntax? AddOf(RaceSite site, ExpressionStatementSyntax store)
    {
        if (site.Race.Act.Kind == MapOperationKind.TryAdd)
        {
            bool isAtHand = site.Race.Act.Value is null || SimpleValue.IsAtHand(site.Race.Act.Value);
            return isAtHand && store.Expression == site.Act ? site.Act.WithoutTrivia() : null;
        }

        return site.Race.Act.Kind == MapOperationKind.Set && store.Expression == site.Act.Parent && SimpleValue.IsAtHand(site.Race.Act.Value)
            && site.Race.Act.Value!.Syntax is ExpressionSyntax value
                ? CallSyntax.Of(site.Map, "TryAdd", CallSyntax.Argument(site.Key), CallSyntax.Argument(value)) : null;
    }
}

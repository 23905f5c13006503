using LockFree.Analyzers.ConcurrentMaps;
using LockFree.Analyzers.HotCollections.Rewriting;
using LockFree.CodeFixes.ReadMostly;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.CodeFixes.ConcurrentMaps;

/// <summary><c>map[key] = map.TryGetValue(key, out var old) ? old + 1 : 1;</c> and its like → <c>map.AddOrUpdate(key, 1, (_, old) => old + 1);</c></summary>
internal static class AddOrUpdateRewrite
{
    public static bool TryPlan(RaceSite site)
    {
        if (site.Race is not { Check.Kind: MapOperationKind.TryGetValue, Act.Kind: MapOperationKind.Set } || site.Declared is not { } old
            || site.Act.Parent is not AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax store } assignment)
            return false;
        return TryPlanChoice(site, old, assignment, store) || TryPlanBranch(site, old, store) || TryPlanCount(site, old, store);
    }

    private static bool TryPlanChoice(RaceSite site, ILocalSymbol old, AssignmentExpressionSyntax assignment, ExpressionStatementSyntax store) =>
        assignment.Right is ConditionalExpressionSyntax choice && choice.Condition == site.Check
        && Call(site, old, choice.WhenFalse, choice.WhenTrue, choice.WhenTrue, site.Check) is { } call && Replace(site, store, [], call);

    /// <summary>Both arms of the conditional store, and do nothing else.</summary>
    private static bool TryPlanBranch(RaceSite site, ILocalSymbol old, ExpressionStatementSyntax store)
    {
        if (KeyTest.Of(site.Check) is not { Prefix: null, If.Parent: BlockSyntax } test || test.HitBody is not { } hit || test.MissBody is not { } miss
            || KeyTest.Flatten(hit) is not [var onHit] || onHit != store || KeyTest.Flatten(miss) is not [ExpressionStatementSyntax onMiss])
            return false;

        MapOperation? added = site.Function.Uses.FirstOrDefault(use => use.Kind == MapOperationKind.Set && use.Operation.Syntax.Parent == onMiss.Expression);
        return added?.Value?.Syntax is ExpressionSyntax add && CheckThenAct.IsSameEntry(site.Function, site.Race.Check, added)
            && site.Race.Act.Value!.Syntax is ExpressionSyntax update && Call(site, old, add, update, update, site.Check) is { } call
            && Replace(site, test.If, [], call);
    }

    /// <summary><c>map.TryGetValue(key, out int old); map[key] = old + n;</c>, which begins with zero.</summary>
    private static bool TryPlanCount(RaceSite site, ILocalSymbol old, ExpressionStatementSyntax store)
    {
        if (site.Check.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax block } read || block.Statements.IndexOf(store) != block.Statements.IndexOf(read) + 1
            || !IsWholeNumber(old.Type)
            || site.Race.Act.Value is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, OperatorMethod: null, LeftOperand: ILocalReferenceOperation { Local: var summand } } sum
            || !SymbolEqualityComparer.Default.Equals(summand, old) || sum.RightOperand.Syntax is not ExpressionSyntax added)
            return false;
        return Call(site, old, added, (ExpressionSyntax)sum.Syntax, sum.Syntax, site.Check) is { } call && Replace(site, read, [store], call);
    }

    private static bool Replace(RaceSite site, StatementSyntax original, StatementSyntax[] others, ExpressionSyntax call)
    {
        StatementSyntax last = others.LastOrDefault() ?? original;
        site.Plan.Merge(original, others, SyntaxFactory.ExpressionStatement(call)
            .WithLeadingTrivia(original.GetLeadingTrivia()).WithTrailingTrivia(last.GetTrailingTrivia()));
        return true;
    }

    /// <summary>Null where the old value is used elsewhere, or the update, which may run again, is not sure to come to the same.</summary>
    private static ExpressionSyntax? Call(RaceSite site, ILocalSymbol old, ExpressionSyntax add, ExpressionSyntax update, params SyntaxNode[] places)
    {
        bool IsOld(IOperation operation) => StableExpression.Names(operation, old);
        if (!SimpleValue.IsAtHand(SimpleValue.OperationOf(add, site.Model)) || StableExpression.Mentions(SimpleValue.OperationOf(add, site.Model), old)
            || !RepeatableValue.Is(SimpleValue.OperationOf(update, site.Model), IsOld) || !AtomicUpdate.CanBeCaptured(update, site.Model)
            || site.IsNamedOutside(old, places) || update.DescendantTokens().Any(token => token.ValueText == "_"))
            return null;
        return CallSyntax.Of(
            site.Map, "AddOrUpdate", CallSyntax.Argument(site.Key), CallSyntax.Argument(add), CallSyntax.Argument(RaceSite.Lambda("_", old.Name, update)));
    }

    private static bool IsWholeNumber(ITypeSymbol type) => type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64
        or SpecialType.System_UInt32 or SpecialType.System_UInt64;
}

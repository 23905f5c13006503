using LockFree.Analyzers.ConcurrentMaps;
using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.HotCollections.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.CodeFixes.ConcurrentMaps;

/// <summary><c>if (map.ContainsKey(key)) use(map[key]);</c> → <c>if (map.TryGetValue(key, out var value)) use(value);</c></summary>
internal static class TryGetValueRewrite
{
    public static bool TryPlan(RaceSite site)
    {
        MapOperation act = site.Race.Act;
        if (site.Check is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax, Parent: not ArgumentSyntax }
            || site.Function.Uses.Count(use => use.Position > site.Check.SpanStart && use.Key is not null && CheckThenAct.IsSameEntry(site.Function, site.Race.Check, use)) != 1
            || !IsReadAtOnce(site, act))
            return false;

        string name = FreshName.Numbered(site.Check, "value", "found", "present");
        site.Plan.Replace(
            site.Check,
            CallSyntax.Of(site.Map, "TryGetValue", CallSyntax.Argument(site.Key), CallSyntax.OutVariable(name)).WithTriviaFrom(site.Check));
        site.Plan.Replace(site.Act, SyntaxFactory.IdentifierName(name).WithTriviaFrom(site.Act));
        return true;
    }

    /// <summary>Nothing runs between the two that could change the entry: what is called with the value is called afterwards.</summary>
    private static bool IsReadAtOnce(RaceSite site, MapOperation act) => !site.Function.Operations.Any(operation =>
        operation.Syntax.SpanStart > site.Check.Span.End && operation.Syntax.SpanStart < act.Position && MayChange(operation) && !IsAncestor(operation, act.Operation));

    private static bool MayChange(IOperation operation) => operation switch
    {
        IInvocationOperation or IObjectCreationOperation or IAwaitOperation or IAssignmentOperation or ILoopOperation or IDynamicInvocationOperation => true,
        IPropertyReferenceOperation { Property: var property } => property.IsInSource() && !ObjectPaths.IsAutoProperty(property),
        _ => false,
    };

    /// <summary>A call the value is an argument of; a loop around it would read again and again.</summary>
    private static bool IsAncestor(IOperation ancestor, IOperation operation)
    {
        if (ancestor is ILoopOperation)
            return false;
        for (IOperation? current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current == ancestor)
                return true;
        }

        return false;
    }
}

using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting.Shapes;

/// <summary><c>if (map.ContainsKey(key)) … map[key]</c> → <c>if (map.TryGetValue(key, out var value)) … value</c>.</summary>
internal sealed class LookupTwice : IRegionShape
{
    public bool TryPlan(CompoundContext context)
    {
        RegionOperation probe = context.First;
        RegionOperation[] reads = context.Operations.Skip(1).ToArray();
        if (context.IsSet || probe.Kind != CollectionOperation.Contains
            || !reads.All(read => read.Kind == CollectionOperation.Get && read.HasSameKeyAs(probe))
            || !reads.All(read => IsOnHit(probe.Syntax, read.Syntax, context.Model))
            || reads.Length > 1 && reads.Any(read => MayChangeItsCopy(read.Syntax, context)))
            return false;

        string value = context.FreshName("value", "found", probe.Syntax);
        context.Plan.Replace(
            probe.Syntax,
            CallSyntax.Of(probe.Map, "TryGetValue", CallSyntax.Argument(probe.Key), CallSyntax.OutVariable(value)).WithTriviaFrom(probe.Syntax));
        foreach (RegionOperation read in reads)
            context.Plan.Replace(read.Syntax, SyntaxFactory.IdentifierName(value).WithTriviaFrom(read.Syntax));

        return true;
    }

    /// <summary>Each read gave a copy of its own, which a method of a struct may change; now all have the same.</summary>
    private static bool MayChangeItsCopy(ExpressionSyntax read, CompoundContext context) =>
        context.Field.ValueType is not { IsReferenceType: true } && read.Parent is MemberAccessExpressionSyntax access
        && context.Model.GetSymbolInfo(access).Symbol is not (IFieldSymbol or IMethodSymbol { IsReadOnly: true } or IPropertySymbol { GetMethod.IsReadOnly: true });

    private static bool IsOnHit(ExpressionSyntax probe, ExpressionSyntax read, SemanticModel model)
    {
        if (KeyTest.Of(probe) is { } test)
            return test.OnHit(model)?.Any(statement => statement.Span.Contains(read.Span)) ?? false;

        return probe.Parent switch
        {
            ConditionalExpressionSyntax choice => choice.Condition == probe && choice.WhenTrue.Span.Contains(read.Span),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both => both.Left == probe && both.Right.Span.Contains(read.Span),
            _ => false,
        };
    }
}

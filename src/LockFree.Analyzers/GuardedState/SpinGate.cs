using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.GuardedState;

/// <summary>A lock made by hand: <c>while (Interlocked.CompareExchange(ref _busy, 1, 0) != 0) …</c>, which passes one thread at a time.</summary>
internal static class SpinGate
{
    /// <summary>True where the function waits for such a gate before the position.</summary>
    public static bool StandsBefore(SyntaxNode function, int position) => function.DescendantNodes().OfType<WhileStatementSyntax>().Any(loop =>
        loop.Span.End <= position && loop.Condition.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
            call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompareExchange" or "Exchange" } access
            && access.Expression.ToString().EndsWith("Interlocked", StringComparison.Ordinal)));
}

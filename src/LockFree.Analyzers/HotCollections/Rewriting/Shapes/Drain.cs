using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting.Shapes;

/// <summary>
/// <c>var all = map.ToArray(); map.Clear();</c> → <c>var all = map.Drain();</c>: each entry goes to exactly one caller, and none is lost that comes between
/// the copy and the clearing.
/// </summary>
internal static class Drain
{
    /// <summary>Plans the rewrite of a copy and the <c>Clear</c> behind it.</summary>
    /// <param name="copy">What makes the copy: a call or a creation.</param>
    /// <param name="clear">The call that clears.</param>
    /// <param name="mentions">Every mention of the collection.</param>
    /// <param name="field">The collection.</param>
    /// <param name="target">What it becomes.</param>
    /// <param name="plan">Takes the rewrite.</param>
    public static bool TryPlan(
        SyntaxNode copy, SyntaxNode clear, IEnumerable<ExpressionSyntax> mentions, CandidateField field, ConcurrentTarget target, RewritePlan plan)
    {
        if (!target.Drains || clear.Parent is not ExpressionStatementSyntax cleared || cleared.Parent is not BlockSyntax block
            || copy.FirstAncestorOrSelf<StatementSyntax>() is not { } copied || copied.Parent != block || copied is not (LocalDeclarationStatementSyntax or ExpressionStatementSyntax)
            || !block.Statements.Skip(block.Statements.IndexOf(copied)).TakeWhile(statement => statement != cleared).All(IsStraight)
            || mentions.Where(mention => copy.Span.Contains(mention.Span)).ToArray() is not [var map])
            return false;

        ExpressionSyntax drained = CallSyntax.Of(map, "Drain");
        switch (map.Parent)
        {
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Values" or "Keys" } view:
                string part = view.Name.Identifier.ValueText == "Keys" ? "Key" : "Value";
                ExpressionSyntax selector = SyntaxFactory.ParseExpression($"entry => entry.{part}");
                plan.Replace(view, CallSyntax.Of(drained, "Select", CallSyntax.Argument(selector)).WithTriviaFrom(view));
                break;

            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToArray", Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } whole }:
                plan.Replace(whole, drained.WithTriviaFrom(whole));
                break;

            default:
                plan.Replace(map, drained.WithTriviaFrom(map));
                break;
        }

        plan.Remove(cleared);
        return true;
    }

    /// <summary>Control goes on behind it, whatever happens in it.</summary>
    private static bool IsStraight(StatementSyntax statement) => statement is LocalDeclarationStatementSyntax or ExpressionStatementSyntax;
}

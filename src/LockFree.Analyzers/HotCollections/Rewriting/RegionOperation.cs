using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>One operation of a region with its parts as syntax.</summary>
/// <param name="Event">What the analysis says of it.</param>
/// <param name="Syntax">The whole operation: a call, an element access, an assignment.</param>
/// <param name="Map">The collection as it is named there.</param>
/// <param name="Key">The key or item.</param>
internal sealed record RegionOperation(RegionEvent Event, ExpressionSyntax Syntax, ExpressionSyntax Map, ExpressionSyntax Key)
{
    public CollectionOperation Kind => Event.CollectionOperation;

    /// <summary>The statement that does nothing else, if there is one.</summary>
    public ExpressionStatementSyntax? OwnStatement => Syntax.Parent as ExpressionStatementSyntax;

    /// <summary>The arguments of a call.</summary>
    public SeparatedSyntaxList<ArgumentSyntax> Arguments => Syntax is InvocationExpressionSyntax call ? call.ArgumentList.Arguments : default;

    public static RegionOperation? Of(RegionEvent happening) => happening.Operation.Syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access, ArgumentList.Arguments: [{ NameColon: null } key, ..] arguments } call
            when arguments.All(argument => argument.NameColon is null)
            => new RegionOperation(happening, call, access.Expression, key.Expression),
        ElementAccessExpressionSyntax { ArgumentList.Arguments: [var key] } element => new RegionOperation(happening, element, element.Expression, key.Expression),
        AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax { ArgumentList.Arguments: [var key] } element } assignment
            => new RegionOperation(happening, assignment, element.Expression, key.Expression),
        _ => null,
    };

    /// <summary>What <c>Add</c>, <c>TryAdd</c> or an indexer stores; null for a set.</summary>
    public ExpressionSyntax? StoredValue => Syntax switch
    {
        AssignmentExpressionSyntax assignment => assignment.Right,
        _ when Arguments.Count > 1 => Arguments[1].Expression,
        _ => null,
    };

    public bool HasSameKeyAs(RegionOperation other)
        => Event.Key is { } key && other.Event.Key is { } otherKey && key.IsSameAs(otherKey) && Map.ToString() == other.Map.ToString();
}

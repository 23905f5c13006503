using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.HotCollections.Rewriting.Shapes;

/// <summary><c>map = new();</c> under the lock → <c>map.Clear();</c>, as nobody else holds the old map.</summary>
internal static class ClearByReplacement
{
    /// <summary>Plans the rewrite if the new map is as empty, and compares keys, as the old one will be after clearing.</summary>
    public static bool TryPlan(AssignmentExpressionSyntax assignment, ExpressionSyntax map, IReadOnlyList<IOperation> allValues, SemanticModel model, RewritePlan plan)
    {
        if (assignment.Parent is not ExpressionStatementSyntax || !allValues.All(UsesDefaultEquality)
            || model.GetOperation(assignment.Right) is not { } value || !UsesDefaultEquality(value))
            return false;

        plan.Replace(assignment, CallSyntax.Of(map, "Clear").WithTriviaFrom(assignment));
        return true;
    }

    /// <summary>Every map the field ever holds is made without a comparer: they are alike. The old one must be there to be cleared, so none may be null.</summary>
    private static bool UsesDefaultEquality(IOperation value)
    {
        IOperation? made = OperationEquality.WithoutConversions(value is ISymbolInitializerOperation initializer ? initializer.Value : value);
        return made is IObjectCreationOperation creation
            ? creation.Arguments.All(argument => argument.Parameter?.Type.SpecialType == SpecialType.System_Int32)
            : made?.Syntax is CollectionExpressionSyntax { Elements.Count: 0 };
    }
}

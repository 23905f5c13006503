using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>Respells one mention of the collection for its new type, wherever it stands: the operation stays what it was.</summary>
internal sealed class SingleOperation(CandidateField field, ConcurrentTarget target, SemanticModel model, CollectionCreation creation)
{
    /// <summary>Plans the rewrite of a mention; false where the new type has no exact counterpart for what is done there.</summary>
    /// <param name="mention">The field's name with what qualifies it: <c>_map</c>, <c>this._map</c>, <c>other._map</c>.</param>
    /// <param name="plan">Takes the rewrite.</param>
    public bool TryPlan(ExpressionSyntax mention, RewritePlan plan)
    {
        switch (mention.Parent)
        {
            case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Expression == mention && call.Expression == access:
                return TryPlanCall(mention, access, call, plan);

            case MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } access when access.Expression == mention:
                return TryPlanProperty(mention, access, plan);

            case ElementAccessExpressionSyntax element when element.Expression == mention:
                return field.Kind != CollectionKind.Set && !IsReadAndWritten(element);

            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when assignment.Left == mention:
                return creation.TryPlan(assignment.Right, plan);

            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression }:
            case IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax or UnaryPatternSyntax { Pattern: ConstantPatternSyntax } }:
            case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } }:
            case LockStatementSyntax:
                return true;

            default:
                return TryPlanEnumeration(mention, mention, view: null, plan);
        }
    }

    private bool TryPlanCall(ExpressionSyntax mention, MemberAccessExpressionSyntax access, InvocationExpressionSyntax call, RewritePlan plan)
    {
        if (model.GetOperation(call) is not IInvocationOperation { TargetMethod: var method })
            return false;

        if (method.ContainingType.Name is "Enumerable")
            return TryPlanQuery(mention, call, method, plan);

        SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
        switch (method.Name)
        {
            case "Clear":
            case "TryGetValue" or "ContainsKey" or "TryAdd" or "GetValueOrDefault" when field.Kind != CollectionKind.Set:
                return true;

            case "Contains" when field.Kind == CollectionKind.Set && arguments.Count == 1:
                plan.Replace(access.Name, SyntaxFactory.IdentifierName(target.Contains(field)).WithTriviaFrom(access.Name));
                return true;

            case "Add" when AreInOrder(arguments):
                if (!target.HasPublicAdd(field))
                    plan.Replace(call, target.Add(mention, call.ArgumentList, field).WithTriviaFrom(call));
                return true;

            case "Remove" when AreInOrder(arguments) && arguments.Count <= (field.Kind == CollectionKind.Set ? 1 : 2):
                ArgumentSyntax? removed = arguments.Count == 2 ? arguments[1] : null;
                plan.Replace(call, target.TryRemove(mention, arguments[0], removed, field).WithTriviaFrom(call));
                return true;

            default:
                return target.KeepsMember(method.Name) && field.Kind != CollectionKind.Set;
        }
    }

    private bool TryPlanProperty(ExpressionSyntax mention, MemberAccessExpressionSyntax access, RewritePlan plan)
    {
        string member = access.Name.Identifier.ValueText;
        return member switch
        {
            "Count" => true,
            "Keys" or "Values" when field.Kind != CollectionKind.Set => TryPlanEnumeration(mention, access, member, plan),
            _ => target.KeepsMember(member) && field.Kind == CollectionKind.Map,
        };
    }

    /// <summary><c>map.ToList()</c>, <c>map.Where(…)…</c>: a query over the entries.</summary>
    private bool TryPlanQuery(ExpressionSyntax mention, InvocationExpressionSyntax call, IMethodSymbol method, RewritePlan plan)
    {
        bool wholeCount = method.Name is "Any" or "Count" or "LongCount" && call.ArgumentList.Arguments.Count == 0;
        bool ownToArray = method.Name == "ToArray" && target.HasToArray(field);
        if (wholeCount || ownToArray)
            return true;

        return TryPlanEnumeration(mention, mention, view: null, plan);
    }

    /// <summary>The collection, or a view of it, handed to something that goes through it.</summary>
    private bool TryPlanEnumeration(ExpressionSyntax mention, ExpressionSyntax enumerated, string? view, RewritePlan plan)
    {
        if (field.Kind == CollectionKind.SortedMap || !IsEnumerated(enumerated))
            return false;

        if (view is not null && enumerated.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count" or "ToArray" })
            return true;

        ExpressionSyntax source = view is null ? target.Entries(mention, field) : target.View(mention, view);
        plan.Replace(enumerated, source.WithTriviaFrom(enumerated));
        return true;
    }

    /// <summary>In the places where a sequence is asked for: a loop, an argument, a query's receiver, a spread.</summary>
    private static bool IsEnumerated(ExpressionSyntax enumerated) => enumerated.Parent switch
    {
        ForEachStatementSyntax loop => loop.Expression == enumerated,
        ForEachVariableStatementSyntax loop => loop.Expression == enumerated,
        ArgumentSyntax { RefOrOutKeyword.RawKind: 0 } => true,
        SpreadElementSyntax => true,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access => access.Expression == enumerated,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count" } access => access.Expression == enumerated,
        _ => false,
    };

    /// <summary>Positional or named in the order of the parameters.</summary>
    private static bool AreInOrder(SeparatedSyntaxList<ArgumentSyntax> arguments) => arguments.Count > 0 && arguments.All(argument => argument.NameColon is null);

    private static bool IsReadAndWritten(ElementAccessExpressionSyntax element) => element.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == element && !assignment.IsKind(SyntaxKind.SimpleAssignmentExpression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => true,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => true,
        RefExpressionSyntax => true,
        _ => false,
    };
}

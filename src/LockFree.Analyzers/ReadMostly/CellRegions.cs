using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>Recognises lock statements that do one thing to one field. What is not known to be harmless makes it something else.</summary>
internal static class CellRegions
{
    public static CellRegion? Of(ILockOperation statement)
    {
        ImmutableArray<IOperation> body = statement.Body is IBlockOperation block ? block.Operations
            : ImmutableArray.Create(statement.Body);
        Match? found = body.Length switch
        {
            1 => OfOne(body[0]),
            2 => OfGate(body[0], body[1]) ?? OfExchange(body[0], body[1], null) ?? OfCountAndResult(body[0], body[1])
                ?? OfCreation(body[0], body[1], null),
            3 => OfGateWithResult(body) ?? OfExchange(body[0], body[1], body[2]) ?? OfCreation(body[0], body[1], body[2]),
            _ => null,
        };
        return found is null ? null : new CellRegion(statement, body, found.Field, found.Shape, found.Change);
    }

    private static Match? OfOne(IOperation statement) => statement switch
    {
        IReturnOperation { Kind: OperationKind.Return, ReturnedValue: { } value } => OfResult(value),
        IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { IsRef: false } assignment } => OfAssignment(assignment),
        IExpressionStatementOperation { Operation: var expression } => OfCount(expression) ?? OfDisposal(expression)
            ?? OfLazyAssignment(expression),
        IConditionalOperation conditional => OfBranches(conditional) ?? OfLazyBranch(conditional),
        _ => null,
    };

    private static Match? OfResult(IOperation value) => OfCount(value) ?? OfLazyAssignment(value) ?? OfLoad(value);

    private static Match? OfLoad(IOperation value) =>
        CellExpression.LoadedField(value) is { } field ? Found(field, CellShape.Load) : null;

    private static Match? OfAssignment(ISimpleAssignmentOperation assignment)
    {
        if (CellExpression.IsOfThisCall(assignment.Target))
            return OfCount(assignment.Value) ?? OfLoad(assignment.Value);
        return CellExpression.FieldOf(assignment.Target) is { } field && CellExpression.IsIndependent(assignment.Value)
            ? Found(field, CellShape.Store, assignment) : null;
    }

    private static Match? OfCount(IOperation expression)
    {
        expression = OperationEquality.WithoutConversions(expression)!;
        IOperation? target = expression switch
        {
            IIncrementOrDecrementOperation { IsChecked: false, OperatorMethod: null } increment => increment.Target,
            ICompoundAssignmentOperation
            {
                IsChecked: false, OperatorMethod: null, OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract,
            } addition when CellExpression.IsIndependent(addition.Value) => addition.Target,
            _ => null,
        };
        return CellExpression.FieldOf(target) is { Type.SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } field
            ? Found(field, CellShape.Count, expression) : null;
    }

    /// <summary><c>_count++; return _count;</c></summary>
    private static Match? OfCountAndResult(IOperation first, IOperation second) =>
        first is IExpressionStatementOperation { Operation: var change } && OfCount(change) is { } count
        && second is IReturnOperation { ReturnedValue: { } result } && CellExpression.LoadedField(result) is { } loaded
        && SymbolEqualityComparer.Default.Equals(loaded, count.Field) && CellExpression.IsReadFirst(result, loaded) ? count : null;

    /// <summary><c>old = _value; _value = other; return old;</c></summary>
    private static Match? OfExchange(IOperation first, IOperation second, IOperation? third)
    {
        (ISymbol? variable, IOperation? taken) = first switch
        {
            IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [var declarator] }] } =>
                ((ISymbol?)declarator.Symbol, declarator.GetVariableInitializer()?.Value),
            IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { IsRef: false } assignment } =>
                (CellExpression.IsOfThisCall(assignment.Target) ? LocalFacts.VariableOf(assignment.Target) : null, assignment.Value),
            _ => (null, null),
        };
        if (variable is null || CellExpression.FieldOf(taken) is not { } field
            || second is not IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { IsRef: false } store }
            || !CellExpression.Is(store.Target, field) || !CellExpression.IsIndependent(store.Value) || Mentions(store.Value, variable))
            return null;
        bool isTaken = third is null ? first is IExpressionStatementOperation
            : third is IReturnOperation { ReturnedValue: { } result } && CellExpression.IsIndependent(result);
        return isTaken ? Found(field, CellShape.Exchange, store) : null;
    }

    /// <summary><c>if (_done) return; _done = true;</c></summary>
    private static Match? OfGate(IOperation first, IOperation second) =>
        first is IConditionalOperation { WhenFalse: null } test && Leaves(test.WhenTrue)
        && second is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation set } ? OfFlag(test.Condition, true, set) : null;

    private static Match? OfGateWithResult(ImmutableArray<IOperation> body) =>
        body[2] is IReturnOperation { ReturnedValue: { } result } && CellExpression.IsIndependent(result) ? OfGate(body[0], body[1]) : null;

    /// <summary><c>if (!_done) { _done = true; } else { return; }</c></summary>
    private static Match? OfBranches(IConditionalOperation test) =>
        test.WhenFalse is { } otherwise && Leaves(otherwise)
        && Only(test.WhenTrue) is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation set }
            ? OfFlag(test.Condition, false, set) : null;

    /// <summary>A flag is assigned where the test of it has found the other value, and where it has not, control leaves.</summary>
    private static Match? OfFlag(IOperation condition, bool leavesWhen, ISimpleAssignmentOperation set)
    {
        bool expected = leavesWhen;
        while (condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, OperatorMethod: null } negation)
        {
            expected = !expected;
            condition = negation.Operand;
        }

        return CellExpression.FieldOf(condition) is { Type.SpecialType: SpecialType.System_Boolean } field
            && CellExpression.Is(set.Target, field) && set.Value.ConstantValue is { HasValue: true, Value: bool value } && value == expected
            ? Found(field, CellShape.Gate, set) : null;
    }

    /// <summary><c>if (_value == null) _value = Make(); return _value;</c> or <c>if (_value != null) return _value; …</c></summary>
    private static Match? OfCreation(IOperation first, IOperation second, IOperation? third)
    {
        if (first is not IConditionalOperation { WhenFalse: null } test)
            return null;
        IOperation last = third ?? second;
        if (third is null)
        {
            return OfLazyBranch(test) is { } lazy && last is IReturnOperation { ReturnedValue: { } made }
                && CellExpression.Is(made, lazy.Field) ? lazy : null;
        }

        return Only(test.WhenTrue) is IReturnOperation { ReturnedValue: { } known } && CellExpression.FieldOf(known) is { } field
            && CellExpression.LoadedField(test.Condition) is { } tested && SymbolEqualityComparer.Default.Equals(tested, field)
            && second is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation store }
            && CellExpression.Is(store.Target, field) && last is IReturnOperation { ReturnedValue: { } result }
            && CellExpression.Is(result, field) ? Found(field, CellShape.Create, store) : null;
    }

    /// <summary><c>if (_value == null) _value = Make();</c></summary>
    private static Match? OfLazyBranch(IConditionalOperation test) =>
        test.WhenFalse is null && CellExpression.LoadedField(test.Condition) is { Type.IsReferenceType: true } field
        && Only(test.WhenTrue) is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation store }
        && CellExpression.Is(store.Target, field) ? Found(field, CellShape.Create, store) : null;

    private static Match? OfLazyAssignment(IOperation expression) =>
        OperationEquality.WithoutConversions(expression) is ICoalesceAssignmentOperation { Target: var target } assignment
        && CellExpression.FieldOf(target) is { Type.IsReferenceType: true } field ? Found(field, CellShape.Create, assignment) : null;

    private static Match? OfDisposal(IOperation expression)
    {
        (IOperation? receiver, IOperation call) = expression is IConditionalAccessOperation access ? (access.Operation, access.WhenNotNull)
            : ((expression as IInvocationOperation)?.Instance, expression);
        return call is IInvocationOperation { TargetMethod: { Name: "Dispose", Parameters.IsEmpty: true } }
            && CellExpression.FieldOf(receiver) is { } field ? Found(field, CellShape.Dispose) : null;
    }

    private static bool Leaves(IOperation statement) => Only(statement) switch
    {
        IReturnOperation { Kind: OperationKind.Return } answer => CellExpression.IsIndependent(answer.ReturnedValue),
        IBranchOperation => true,
        IThrowOperation { Exception: { } exception } => CellExpression.IsIndependent(exception),
        _ => false,
    };

    private static IOperation Only(IOperation statement) =>
        statement is IBlockOperation { Operations: [var only] } ? only : statement;

    private static bool Mentions(IOperation expression, ISymbol variable) => expression.DescendantsAndSelf()
        .Any(part => SymbolEqualityComparer.Default.Equals(LocalFacts.VariableOf(part), variable));

    private static Match Found(IFieldSymbol field, CellShape shape, IOperation? change = null) => new(field, shape, change);

    private sealed record Match(IFieldSymbol Field, CellShape Shape, IOperation? Change);
}

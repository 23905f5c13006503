using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.HotCollections;

/// <summary>What one arm of a condition says about a look-up.</summary>
internal enum ProbeResult
{
    /// <summary>The condition has nothing to do with the look-up.</summary>
    Unrelated,

    /// <summary>The key was there.</summary>
    Found,

    /// <summary>The key was not there.</summary>
    Missed,

    /// <summary>The look-up decides together with something else.</summary>
    Mixed,
}

/// <summary>Reads conditions as tests of one look-up: its result, a flag or value taken from it, negated, compared, combined.</summary>
internal sealed class ProbeTest
{
    private readonly IOperation _probe;
    private readonly ISymbol? _flag;
    private readonly ISymbol? _value;

    public ProbeTest(RegionEvent probe)
    {
        _probe = probe.Operation;
        ISymbol? result = ResultVariable(_probe);
        ISymbol? found = (_probe as IInvocationOperation)?.Arguments.Where(argument => argument.Parameter?.RefKind == RefKind.Out)
            .Select(argument => LocalFacts.VariableOf(OperationEquality.WithoutConversions(argument.Value))).FirstOrDefault();
        bool answersFlag = _probe.Type?.SpecialType == SpecialType.System_Boolean && probe.CollectionOperation != CollectionOperation.Get
            && probe.Detail != "GetValueOrDefault";
        _flag = answersFlag ? result : null;
        _value = answersFlag ? found : result;
        AnswersFlag = answersFlag;
    }

    /// <summary>True once a condition asked whether the value found is null, which says "missing" only if null is never stored.</summary>
    public bool UsesNullTest { get; private set; }

    private bool AnswersFlag { get; }

    /// <summary>What being in an arm says about the look-up.</summary>
    public ProbeResult InArm(BranchArm arm) => InArm(arm.Condition, arm.Number);

    /// <summary>What being in another arm of the same condition than <paramref name="arm"/> says.</summary>
    public ProbeResult OutsideArm(BranchArm arm) => arm.Condition is IConditionalOperation ? InArm(arm.Condition, 1 - arm.Number)
        : ProbeResult.Unrelated;

    private ProbeResult InArm(IOperation condition, int arm) => condition switch
    {
        IConditionalOperation conditional => When(conditional.Condition, arm == 0),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } and => When(and.LeftOperand, true),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } or => When(or.LeftOperand, false),
        ICoalesceOperation coalesce => WhenNull(coalesce.Value),
        ICoalesceAssignmentOperation coalesce => WhenNull(coalesce.Target),
        _ => ProbeResult.Unrelated,
    };

    /// <summary>What is known where <paramref name="condition"/> has the value <paramref name="outcome"/>.</summary>
    private ProbeResult When(IOperation condition, bool outcome)
    {
        condition = OperationEquality.WithoutConversions(condition)!;
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                return When(negation.Operand, !outcome);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                return WhenCompared(comparison, outcome == (comparison.OperatorKind == BinaryOperatorKind.Equals));
            case IIsPatternOperation pattern:
                return WhenMatched(pattern.Value, pattern.Pattern, outcome);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } and:
                return outcome ? WhenBoth(and, true) : WhenEither(and, false);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } or:
                return outcome ? WhenEither(or, true) : WhenBoth(or, false);
        }

        bool isResult = AnswersFlag && (condition == _probe || IsVariable(condition, _flag));
        if (isResult)
            return outcome ? ProbeResult.Found : ProbeResult.Missed;
        return Mentions(condition) ? ProbeResult.Mixed : ProbeResult.Unrelated;
    }

    private ProbeResult WhenCompared(IBinaryOperation comparison, bool areEqual)
    {
        if (comparison.RightOperand.ConstantValue is { HasValue: true, Value: bool expected })
            return When(comparison.LeftOperand, areEqual == expected);
        if (IsNull(comparison.RightOperand))
            return IsValue(comparison.LeftOperand) ? WhenNullIs(areEqual) : MixedIfMentioned(comparison);
        if (IsNull(comparison.LeftOperand))
            return IsValue(comparison.RightOperand) ? WhenNullIs(areEqual) : MixedIfMentioned(comparison);
        return MixedIfMentioned(comparison);
    }

    private ProbeResult WhenMatched(IOperation value, IPatternOperation pattern, bool matches)
    {
        switch (pattern)
        {
            case INegatedPatternOperation negated:
                return WhenMatched(value, negated.Pattern, !matches);
            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool expected } }:
                return When(value, matches == expected);
            case IConstantPatternOperation constant when IsNull(constant.Value) && IsValue(value):
                return WhenNullIs(matches);
            default:
                return Mentions(value) ? ProbeResult.Mixed : ProbeResult.Unrelated;
        }
    }

    private ProbeResult WhenNull(IOperation value) => IsValue(value) ? WhenNullIs(true) : Mentions(value) ? ProbeResult.Mixed
        : ProbeResult.Unrelated;

    private ProbeResult WhenNullIs(bool isNull)
    {
        UsesNullTest = true;
        return isNull ? ProbeResult.Missed : ProbeResult.Found;
    }

    /// <summary>Both operands have the outcome.</summary>
    private ProbeResult WhenBoth(IBinaryOperation operation, bool outcome)
    {
        ProbeResult left = When(operation.LeftOperand, outcome);
        ProbeResult right = When(operation.RightOperand, outcome);

        // what stands before the look-up decides about the look-up as well as about the store; what stands behind it only about the store
        if (left == ProbeResult.Unrelated)
            return right == ProbeResult.Unrelated || Contains(operation.RightOperand) ? right : ProbeResult.Mixed;
        return left == right ? left : ProbeResult.Mixed;
    }

    /// <summary>At least one operand has the outcome.</summary>
    private ProbeResult WhenEither(IBinaryOperation operation, bool outcome)
    {
        ProbeResult left = When(operation.LeftOperand, outcome);
        ProbeResult right = When(operation.RightOperand, outcome);
        return left == right ? left : ProbeResult.Mixed;
    }

    private bool IsValue(IOperation operation)
    {
        IOperation? value = OperationEquality.WithoutConversions(operation);
        return IsVariable(value, _value) || !AnswersFlag && value == _probe;
    }

    private ProbeResult MixedIfMentioned(IOperation condition) => Mentions(condition) ? ProbeResult.Mixed : ProbeResult.Unrelated;

    private bool Contains(IOperation operation) => operation.DescendantsAndSelf().Any(part => part == _probe);

    private bool Mentions(IOperation operation) =>
        operation.DescendantsAndSelf().Any(part => part == _probe || (IsVariable(part, _flag) || IsVariable(part, _value)) && !IsOverwritten(part));

    /// <summary>Given away to get a new value: what was found is not looked at.</summary>
    private static bool IsOverwritten(IOperation variable) => variable.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Out };

    private static bool IsVariable(IOperation? operation, ISymbol? variable) =>
        variable is not null && SymbolEqualityComparer.Default.Equals(LocalFacts.VariableOf(operation), variable);

    private static bool IsNull(IOperation operation) =>
        OperationEquality.WithoutConversions(operation) is { ConstantValue: { HasValue: true, Value: null } };

    /// <summary>The local the look-up's result is kept in.</summary>
    private static ISymbol? ResultVariable(IOperation probe)
    {
        IOperation? parent = probe.Parent;
        while (parent is IConversionOperation or IConditionalAccessOperation)
            parent = parent.Parent;
        return parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } => local.Local,
            _ => null,
        };
    }
}

using System.Collections.Immutable;
using LockFree.Analyzers.Downcasts;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>What a check has said of the key.</summary>
internal enum KeyState
{
    /// <summary>Either, as another condition was tested with it.</summary>
    Unknown,

    /// <summary>The key was there.</summary>
    Present,

    /// <summary>The key was not there.</summary>
    Absent,
}

/// <summary>How a check decides that an operation runs.</summary>
/// <param name="State">What the check has said where the operation runs.</param>
/// <param name="Branch">The conditional the check is in; null for an assertion.</param>
/// <param name="IsInBranch">The operation is in an arm of the conditional, not behind it.</param>
/// <param name="Conditions">What else was tested, with the check or after it.</param>
internal sealed record CheckOutcome(
    KeyState State, IConditionalOperation? Branch, bool IsInBranch, ImmutableArray<IOperation> Conditions)
{
    private static readonly string[] AssertingWords = ["Assert", "Assum", "Requir", "Ensur", "Verif", "True"];

    /// <summary>Null where the check does not decide whether <paramref name="act"/> runs.</summary>
    public static CheckOutcome? Of(IOperation check, IOperation act)
    {
        KeyState whenTrue = KeyState.Present;
        KeyState whenFalse = KeyState.Absent;
        var conditions = ImmutableArray.CreateBuilder<IOperation>();
        for (IOperation condition = check; condition.Parent is { } parent; condition = parent)
        {
            switch (parent)
            {
                case IParenthesizedOperation or IConversionOperation { IsImplicit: true }:
                    break;
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not }:
                    (whenTrue, whenFalse) = (whenFalse, whenTrue);
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                    bool isAnd = both.OperatorKind == BinaryOperatorKind.ConditionalAnd;
                    if (both.LeftOperand == condition && Contains(both.RightOperand, act))
                        return new CheckOutcome(isAnd ? whenTrue : whenFalse, null, IsInBranch: true, conditions.ToImmutable());
                    conditions.Add(both.LeftOperand == condition ? both.RightOperand : both.LeftOperand);
                    (whenTrue, whenFalse) = isAnd ? (whenTrue, KeyState.Unknown) : (KeyState.Unknown, whenFalse);
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, RightOperand.ConstantValue: { HasValue: true, Value: bool expected } }:
                    if (!expected)
                        (whenTrue, whenFalse) = (whenFalse, whenTrue);
                    break;
                case IConditionalOperation branch when branch.Condition == condition:
                    return OfBranch(branch, act, whenTrue, whenFalse, conditions);
                case IArgumentOperation { Parent: IInvocationOperation { Parent: IExpressionStatementOperation statement } call } when condition == check:
                    return Asserts(call.TargetMethod) && IsBehind(statement, act)
                        ? new CheckOutcome(KeyState.Present, null, IsInBranch: false, conditions.ToImmutable()) : null;
                default:
                    return null;
            }
        }

        return null;
    }

    private static CheckOutcome? OfBranch(
        IConditionalOperation branch, IOperation act, KeyState whenTrue, KeyState whenFalse, ImmutableArray<IOperation>.Builder conditions)
    {
        KeyState state;
        bool isInBranch = Contains(branch, act);
        IOperation? within;
        if (isInBranch)
        {
            bool isTrueArm = Contains(branch.WhenTrue, act);
            state = isTrueArm ? whenTrue : whenFalse;
            within = isTrueArm ? branch.WhenTrue : branch.WhenFalse;
        }
        else
        {
            bool trueLeaves = ExclusivePaths.Leaves(branch.WhenTrue);
            bool falseLeaves = branch.WhenFalse is { } otherwise && ExclusivePaths.Leaves(otherwise);
            if (trueLeaves == falseLeaves || !IsBehind(branch, act))
                return null;
            state = trueLeaves ? whenFalse : whenTrue;
            within = branch.Parent;
        }

        return within is not null && AddConditions(within, act, conditions)
            ? new CheckOutcome(state, branch, isInBranch, conditions.ToImmutable()) : null;
    }

    /// <summary>False where the operation runs for another reason altogether: because something was thrown.</summary>
    private static bool AddConditions(IOperation within, IOperation act, ImmutableArray<IOperation>.Builder conditions)
    {
        for (IOperation child = act; child != within && child.Parent is { } parent; child = parent)
        {
            switch (parent)
            {
                case IConditionalOperation conditional when conditional.Condition != child:
                    conditions.Add(conditional.Condition);
                    break;
                case ISwitchOperation choice when choice.Value != child:
                    conditions.Add(choice.Value);
                    break;
                case ISwitchExpressionOperation choice when choice.Value != child:
                    conditions.Add(choice.Value);
                    break;
                case IWhileLoopOperation loop when loop.Condition is { } condition && condition != child:
                    conditions.Add(condition);
                    break;
                case IForEachLoopOperation loop when loop.Collection != child:
                    conditions.Add(loop.Collection);
                    break;
                case ICatchClauseOperation:
                    return false;
            }
        }

        return true;
    }

    /// <summary>The operation is in a later statement of the same block.</summary>
    private static bool IsBehind(IOperation statement, IOperation act) =>
        statement.Parent is IBlockOperation block && Contains(block, act) && act.Syntax.SpanStart >= statement.Syntax.Span.End;

    private static bool Contains(IOperation? ancestor, IOperation operation)
    {
        for (IOperation? current = operation; current is not null; current = current.Parent)
        {
            if (current == ancestor)
                return true;
        }

        return false;
    }

    private static bool Asserts(IMethodSymbol method) =>
        AssertingWords.Any(word => method.Name.StartsWith(word, StringComparison.Ordinal) || method.ContainingType.Name.StartsWith(word, StringComparison.Ordinal))
        && method.Name is not ("False" or "IsFalse");
}

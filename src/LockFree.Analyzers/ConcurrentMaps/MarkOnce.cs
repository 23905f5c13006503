using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>A key that is marked as seen, so that something happens once: does something happen?</summary>
internal static class MarkOnce
{
    /// <summary>Null where the mark alone is stored, which two threads may well do both.</summary>
    public static MapRace? Judge(FunctionBody function, MapOperation check, MapOperation act, CheckOutcome outcome)
    {
        if (outcome is not { Branch: { } branch, Conditions.Length: 0 } || LooksForDuplicates(outcome, act))
            return null;
        return IsRefused(outcome) || HasEffects(function, outcome.IsInBranch ? ArmOf(branch, act) : branch.Parent, branch, act)
            ? new MapRace(RaceShape.MarkOnce, IsHarmful: true, check, act, "both find the key missing, and both go on; TryAdd decides and stores at once")
            : null;
    }

    /// <summary>The check throws where the key is there.</summary>
    public static bool IsRefused(CheckOutcome outcome) => outcome is { Branch: { } branch, IsInBranch: false } && Throws(branch.WhenTrue);

    /// <summary>In a loop a check that throws is a search for duplicates among what the loop goes through.</summary>
    public static bool LooksForDuplicates(CheckOutcome outcome, MapOperation act) => IsRefused(outcome) && IsInLoop(act.Operation);

    private static bool IsInLoop(IOperation operation)
    {
        for (IOperation? parent = operation.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); parent = parent.Parent)
        {
            if (parent is ILoopOperation)
                return true;
        }

        return false;
    }

    private static bool Throws(IOperation? arm) => arm switch
    {
        IBlockOperation { Operations: [.., var last] } => Throws(last),
        IThrowOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        _ => false,
    };

    private static IOperation? ArmOf(IConditionalOperation branch, MapOperation act) =>
        branch.WhenTrue.Syntax.Span.Contains(act.Operation.Syntax.Span) ? branch.WhenTrue : branch.WhenFalse;

    /// <summary>A statement of its own, beside the mark, that calls something: behind the check, and in the same block.</summary>
    private static bool HasEffects(FunctionBody function, IOperation? region, IOperation branch, MapOperation act) =>
        region is IBlockOperation block && block.Operations.Where(statement => statement != branch && !statement.Syntax.Span.Contains(act.Operation.Syntax.Span)
            && (statement.Syntax.SpanStart > branch.Syntax.Span.End || branch.Syntax.Span.Contains(statement.Syntax.Span)))
            .SelectMany(statement => statement.DescendantsAndSelf())
            .Any(operation => operation is IExpressionStatementOperation { Operation: var expression }
                && OperationEquality.WithoutConversions(Awaited(expression)) is IInvocationOperation call
                && !CallEffects.IsLogging(call.TargetMethod) && !CallEffects.IsPure(call.TargetMethod) && MapOperation.Of(call) is null
                && function.Operations.Contains(operation));

    private static IOperation Awaited(IOperation expression) => expression is IAwaitOperation awaited ? awaited.Operation : expression;
}

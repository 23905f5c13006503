using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>
/// Tells whether code may run under a lock. What may is left alone: a lock statement, a lock's members and wrappers around them, and
/// anything disposable whose name speaks of locking. The lock need not be the right one; which it is nobody can say from here.
/// </summary>
internal sealed class LockCover(LockWrappers wrappers)
{
    private static readonly string[] LockingWords = ["Lock", "Enter", "Acquire", "Wait", "Synchroni", "Mutex", "Exclusive"];
    private static readonly string[] HeldSuffixes = ["Locked", "UnderLock", "NoLock", "Unlocked", "LockHeld", "WithoutLock", "Unsafe", "NotThreadSafe"];

    private readonly LockCalls _calls = new(wrappers);

    /// <summary>The operation runs inside a locking statement, or after a lock was taken that is not released before it.</summary>
    public bool Covers(FunctionBody function, IOperation operation)
    {
        for (IOperation child = operation; child.Parent is { } parent; child = parent)
        {
            switch (parent)
            {
                case ILockOperation statement when statement.LockedValue != child:
                case IUsingOperation statementWithResource when statementWithResource.Resources != child && Locks(statementWithResource.Resources):
                case IBlockOperation block when block.Operations.TakeWhile(statement => statement != child)
                    .Any(statement => statement is IUsingDeclarationOperation declaration && Locks(declaration)):
                case IArgumentOperation { Parent: IInvocationOperation call } when SpeaksOfLocking(call.TargetMethod.Name):
                    return true;
            }
        }

        return IsHeldAt(function, operation.Syntax.SpanStart) || SpinGate.StandsBefore(function.Root.Syntax, operation.Syntax.SpanStart);
    }

    /// <summary>A method that says of itself that its caller holds the lock.</summary>
    public static bool IsSaidToBeCovered(IMethodSymbol method) =>
        HeldSuffixes.Any(suffix => method.Name.EndsWith(suffix, StringComparison.Ordinal))
        || method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "MethodImplAttribute"
            && attribute.ConstructorArguments is [{ Value: int options }] && (options & (int)System.Runtime.CompilerServices.MethodImplOptions.Synchronized) != 0);

    private bool IsHeldAt(FunctionBody function, int position)
    {
        bool held = false;
        foreach (IOperation operation in function.Operations)
        {
            if (operation.Syntax.SpanStart >= position)
                break;
            if (operation is not IInvocationOperation call || _calls.Classify(call) is not { IsScope: false } lockCall)
                continue;
            held = lockCall.Action != LockAction.Exit || held && IsOnSidePath(call);
        }

        return held;
    }

    /// <summary>A release before an early return says nothing of the other path.</summary>
    private static bool IsOnSidePath(IOperation release)
    {
        for (IOperation? parent = release.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IConditionalOperation or ISwitchCaseOperation or ICatchClauseOperation)
                return true;
        }

        return false;
    }

    /// <summary>The text is read as well, since a locking library may not be among the references.</summary>
    private bool Locks(IOperation resource) => SpeaksOfLocking(resource.Syntax.ToString()) || resource.DescendantsAndSelf().Any(part => part switch
    {
        IInvocationOperation call => _calls.Classify(call) is not null,
        IObjectCreationOperation creation => _calls.Classify(creation) is not null,
        _ => false,
    });

    private static bool SpeaksOfLocking(string name) => LockingWords.Any(word => name.IndexOf(word, StringComparison.Ordinal) >= 0);
}

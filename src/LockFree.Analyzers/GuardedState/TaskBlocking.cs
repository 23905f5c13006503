using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <summary>Recognises what blocks a thread until a task has ended.</summary>
internal static class TaskBlocking
{
    /// <summary>
    /// What a person would call it: <c>.Result</c>, <c>.Wait</c>, <c>.GetResult</c>, <c>Task.WaitAll</c>; null for everything else, and for
    /// a look that does not wait, <c>Wait(0)</c>.
    /// </summary>
    public static string? NameOf(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property: { Name: "Result" } property } when IsTask(property.ContainingType) => ".Result",
        IInvocationOperation { TargetMethod: var method } call => method.Name switch
        {
            "Wait" when IsTask(method.ContainingType) && !IsMereLook(call) => ".Wait",
            "WaitAll" or "WaitAny" when IsTask(method.ContainingType) && !IsMereLook(call) => "Task." + method.Name,
            "GetResult" when IsAwaiter(method.ContainingType) => ".GetResult",
            _ => null,
        },
        _ => null,
    };

    /// <summary>The task that is waited for; null where there are several.</summary>
    public static IOperation? TaskOf(IOperation blocking)
    {
        IOperation? task = blocking switch
        {
            IPropertyReferenceOperation property => property.Instance,
            IInvocationOperation call => call.Instance,
            _ => null,
        };
        while (true)
        {
            task = BehindConditionalAccess(OperationEquality.WithoutConversions(task));
            if (task is not IInvocationOperation { TargetMethod.Name: "GetAwaiter" or "ConfigureAwait" or "AsTask", Instance: { } inner })
                return task;
            task = inner;
        }
    }

    public static bool IsTask(INamedTypeSymbol? type) => type is { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks" } space }
        && space.ContainingNamespace.IsSystemThreading();

    /// <summary>What stands before the <c>?.</c>, where an operation stands for it.</summary>
    public static IOperation? BehindConditionalAccess(IOperation? operation)
    {
        if (operation is not IConditionalAccessInstanceOperation)
            return operation;
        IOperation child = operation;
        for (IOperation? parent = operation.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == child)
                return OperationEquality.WithoutConversions(access.Operation);
        }

        return operation;
    }

    private static bool IsAwaiter(INamedTypeSymbol? type) => type is not null && type.ContainingNamespace.IsBelowSystem()
        && type.Name is "TaskAwaiter" or "ValueTaskAwaiter" or "ConfiguredTaskAwaiter" or "ConfiguredValueTaskAwaiter";

    private static bool IsMereLook(IInvocationOperation call) => call.Arguments.Any(argument =>
        argument.Value.ConstantValue is { HasValue: true, Value: 0 }
        || argument.Value is IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "TimeSpan" } });
}

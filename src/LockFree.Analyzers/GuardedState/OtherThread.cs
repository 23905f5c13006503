using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <summary>Recognises what runs a delegate in another thread.</summary>
internal static class OtherThread
{
    /// <summary>True where the lambda is handed to the thread pool, a thread, a timer or a continuation.</summary>
    public static bool Runs(IAnonymousFunctionOperation lambda)
    {
        IOperation? receiver = lambda.Parent;
        while (receiver is IDelegateCreationOperation or IConversionOperation or IArgumentOperation)
            receiver = receiver.Parent;
        return receiver switch
        {
            IInvocationOperation { TargetMethod: { ContainingType: { } type } method } when type.ContainingNamespace.IsBelowSystem() =>
                type.Name is "Task" && method.Name is "Run" or "ContinueWith" || type.Name == "TaskFactory" && method.Name == "StartNew"
                || type.Name == "ThreadPool" && method.Name is "QueueUserWorkItem" or "UnsafeQueueUserWorkItem",
            IObjectCreationOperation { Type: { Name: "Thread" or "Timer" } type } => type.ContainingNamespace.IsSystemThreading(),
            _ => false,
        };
    }
}

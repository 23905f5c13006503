using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <summary>What one mention of an own field that is no candidate does with it.</summary>
internal static class MemberUse
{
    /// <summary>True where the object becomes known to code that is not looked at: returned, passed on, stored elsewhere.</summary>
    public static bool HandsOut(IOperation mention, LockCalls lockCalls)
    {
        (IOperation child, IOperation? parent) = OutOfConversions(mention);
        return parent switch
        {
            ILockOperation or INameOfOperation or IBinaryOperation or IIsPatternOperation or IIsTypeOperation
                or IExpressionStatementOperation => false,
            IMemberReferenceOperation or IInvocationOperation or IConditionalAccessOperation or IUsingOperation => false,
            IVariableInitializerOperation => false, // the local is another name, and watched as such
            IAssignmentOperation assignment => assignment.Target != child && assignment.Target is not ILocalReferenceOperation,
            IArgumentOperation { Parent: IInvocationOperation call } => lockCalls.Classify(call) is null && !IsMonitor(call.TargetMethod),
            IArgumentOperation { Parent: IObjectCreationOperation creation } => lockCalls.Classify(creation) is null,
            null => false,
            _ => true,
        };
    }

    /// <summary>True where a collection or array in the field is changed, or may be by whoever gets it.</summary>
    public static bool ChangesContent(IOperation mention)
    {
        (IOperation child, IOperation? parent) = OutOfConversions(mention);
        return parent switch
        {
            IInvocationOperation call when call.Instance == child => CallEffects.MutatesByName(call.TargetMethod.Name),
            IPropertyReferenceOperation { Arguments.IsEmpty: false } element => IsWritten(element),
            IArrayElementReferenceOperation element => IsWritten(element),
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } } => !CallEffects.IsPure(method),
            IArgumentOperation => true,
            _ => false,
        };
    }

    private static bool IsWritten(IOperation element) =>
        element.Parent is IAssignmentOperation assignment && assignment.Target == element
            || element.Parent is IIncrementOrDecrementOperation
        || element.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out };

    private static bool IsMonitor(IMethodSymbol method) => method.ContainingType.Name == "Monitor"
        && method.ContainingNamespace.IsSystemThreading();

    private static (IOperation Child, IOperation? Parent) OutOfConversions(IOperation operation)
    {
        IOperation? parent = operation.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation)
        {
            operation = parent;
            parent = parent.Parent;
        }

        return (operation, parent);
    }
}

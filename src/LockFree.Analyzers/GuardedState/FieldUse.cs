using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <summary>What one mention of a plain field does with it, read from the operations around it.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Outer">The whole operation: the assignment, the increment, the call that gets a reference, or the mention itself.</param>
/// <param name="Value">What is assigned, for a <see cref="FieldUseKind.Write"/> by a simple assignment.</param>
/// <param name="Detail">The member of <c>Interlocked</c> or <c>Volatile</c>, as in <c>Volatile.Read</c>.</param>
internal sealed record FieldUse(FieldUseKind Kind, IOperation Outer, IOperation? Value = null, string Detail = "")
{
    /// <summary>Null for a mention that is no use: nameof, the object of a lock statement.</summary>
    public static FieldUse? Of(IOperation mention)
    {
        if (mention.Syntax.Parent is RefExpressionSyntax)
            return new FieldUse(FieldUseKind.ByReference, mention);
        IOperation child = mention;
        IOperation? parent = mention.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation)
        {
            child = parent;
            parent = parent.Parent;
        }

        return parent switch
        {
            INameOfOperation or ILockOperation => null,
            ISimpleAssignmentOperation assignment when assignment.Target == child =>
                new FieldUse(FieldUseKind.Write, assignment, assignment.Value),
            IAssignmentOperation assignment when assignment.Target == child => new FieldUse(FieldUseKind.ReadModifyWrite, assignment),
            IIncrementOrDecrementOperation => new FieldUse(FieldUseKind.ReadModifyWrite, parent),
            ITupleOperation tuple when IsDeconstructionTarget(tuple) => new FieldUse(FieldUseKind.Write, tuple.Parent!),
            IArgumentOperation { Parameter.RefKind: not RefKind.None } argument => OfReference(argument),
            IAddressOfOperation => new FieldUse(FieldUseKind.ByReference, parent),
            _ => new FieldUse(FieldUseKind.Read, mention),
        };
    }

    private static FieldUse OfReference(IArgumentOperation argument) =>
        argument.Parent is IInvocationOperation { TargetMethod: { ContainingType: { Name: "Interlocked" or "Volatile" } type } method }
        && type.ContainingNamespace.IsSystemThreading()
            ? new FieldUse(FieldUseKind.Atomic, argument.Parent, Detail: type.Name + "." + method.Name)
            : new FieldUse(FieldUseKind.ByReference, argument);

    /// <summary><c>(_a, (_b, _c)) = …</c></summary>
    private static bool IsDeconstructionTarget(ITupleOperation tuple)
    {
        IOperation outermost = tuple;
        while (outermost.Parent is ITupleOperation around)
            outermost = around;
        return outermost.Parent is IDeconstructionAssignmentOperation assignment && assignment.Target == outermost;
    }
}

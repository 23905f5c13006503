using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <summary>Tells whether two expressions surely have the same value, as long as nothing is assigned between them.</summary>
internal static class OperationEquality
{
    public static IOperation? WithoutConversions(IOperation? operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    operation = conversion.Operand;
                    continue;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    continue;
                default:
                    return operation;
            }
        }
    }

    public static bool SameValue(IOperation? left, IOperation? right)
    {
        left = WithoutConversions(left);
        right = WithoutConversions(right);
        if (left is null || right is null)
            return left is null && right is null;
        if (left.ConstantValue is { HasValue: true } leftConstant && right.ConstantValue is { HasValue: true } rightConstant)
            return Equals(leftConstant.Value, rightConstant.Value);
        if (left.Kind != right.Kind || !SameSymbol(left, right))
            return false;

        return left.ChildOperations.Count == right.ChildOperations.Count
            && left.ChildOperations.Zip(right.ChildOperations, SameValue).All(isSame => isSame);
    }

    private static bool SameSymbol(IOperation left, IOperation right) => (left, right) switch
    {
        (ILocalReferenceOperation a, ILocalReferenceOperation b) => Same(a.Local, b.Local),
        (IParameterReferenceOperation a, IParameterReferenceOperation b) => Same(a.Parameter, b.Parameter),
        (IMemberReferenceOperation a, IMemberReferenceOperation b) => Same(a.Member, b.Member),
        (IInvocationOperation a, IInvocationOperation b) => Same(a.TargetMethod, b.TargetMethod) && CallEffects.IsPure(a.TargetMethod),
        (IBinaryOperation a, IBinaryOperation b) => a.OperatorKind == b.OperatorKind && a.OperatorMethod is null
            && b.OperatorMethod is null,
        (IUnaryOperation a, IUnaryOperation b) => a.OperatorKind == b.OperatorKind && a.OperatorMethod is null && b.OperatorMethod is null,
        (ITypeOfOperation a, ITypeOfOperation b) => Same(a.TypeOperand, b.TypeOperand),
        (IInstanceReferenceOperation a, IInstanceReferenceOperation b) => a.ReferenceKind == b.ReferenceKind,
        (IObjectCreationOperation a, IObjectCreationOperation b) => a.Type is { IsValueType: true } && Same(a.Constructor, b.Constructor),
        (ITupleOperation, ITupleOperation) or (IArgumentOperation, IArgumentOperation)
            or (IInterpolatedStringOperation, IInterpolatedStringOperation)
            or (IInterpolatedStringTextOperation, IInterpolatedStringTextOperation) or (IInterpolationOperation, IInterpolationOperation)
            or (ILiteralOperation, ILiteralOperation) or (IDefaultValueOperation, IDefaultValueOperation) => true,
        _ => false,
    };

    private static bool Same(ISymbol? left, ISymbol? right) => SymbolEqualityComparer.Default.Equals(left, right);
}

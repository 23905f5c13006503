using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>
/// Reads expressions whose value depends on nothing but one field, on what only this thread can change, and on what nobody can: it makes
/// no difference whether they are evaluated within the lock or beside it.
/// </summary>
internal static class CellExpression
{
    /// <summary>The field of this object, or the static field, an expression refers to; null for anything else.</summary>
    public static IFieldSymbol? FieldOf(IOperation? expression) =>
        OperationEquality.WithoutConversions(expression) is IFieldReferenceOperation
        {
            Instance: null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance },
            Field: { IsConst: false, IsReadOnly: false } field,
        }
            ? field : null;

    /// <summary>True for the field itself.</summary>
    public static bool Is(IOperation? expression, IFieldSymbol field) =>
        SymbolEqualityComparer.Default.Equals(FieldOf(expression), field);

    /// <summary>The one field an expression reads, once; null where it reads none, several, one several times, or does more.</summary>
    public static IFieldSymbol? LoadedField(IOperation expression)
    {
        IFieldSymbol? loaded = null;
        foreach (IOperation part in expression.DescendantsAndSelf())
        {
            if (part is not IFieldReferenceOperation || FieldOf(part) is not { } field)
                continue;
            if (loaded is not null)
                return null;
            loaded = field;
        }

        return loaded is not null && IsIndependent(expression, loaded) ? loaded : null;
    }

    /// <summary>True where the field is what the expression always evaluates, and nothing that may throw comes before it.</summary>
    public static bool IsReadFirst(IOperation? expression, IFieldSymbol field)
    {
        while (expression is not null && !Is(expression, field))
        {
            expression = expression switch
            {
                IConversionOperation conversion => conversion.Operand,
                IParenthesizedOperation parenthesized => parenthesized.Operand,
                IUnaryOperation unary => unary.Operand,
                IIsPatternOperation pattern => pattern.Value,
                IConditionalOperation choice => choice.Condition,
                IBinaryOperation { OperatorKind: not (BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr) } binary
                    when IsMerelyThere(binary.LeftOperand) => binary.RightOperand,
                IBinaryOperation binary => binary.LeftOperand,
                _ => null,
            };
        }

        return expression is not null;
    }

    private static bool IsMerelyThere(IOperation operation) =>
        operation.ConstantValue.HasValue || operation is ILocalReferenceOperation or IParameterReferenceOperation;

    /// <summary>
    /// True for a local or parameter that only the running call knows: not one around a lambda, not a reference, not a parameter of a
    /// primary constructor, which is a field by another name.
    /// </summary>
    public static bool IsOfThisCall(IOperation expression)
    {
        ISymbol? function = expression switch
        {
            ILocalReferenceOperation { Local: { IsRef: false } local } => local.ContainingSymbol,
            IParameterReferenceOperation { Parameter: { RefKind: not RefKind.Ref } parameter } => parameter.ContainingSymbol,
            _ => null,
        };
        for (IOperation? around = expression.Parent; around is not null; around = around.Parent)
        {
            ISymbol? inner = (around as IAnonymousFunctionOperation)?.Symbol ?? (around as ILocalFunctionOperation)?.Symbol;
            if (inner is not null)
                return SymbolEqualityComparer.Default.Equals(inner, function);
        }

        return function is IMethodSymbol { MethodKind: not MethodKind.Constructor } or IPropertySymbol;
    }

    /// <summary>True for an expression that reads no field but <paramref name="field"/>, and has no effect.</summary>
    public static bool IsIndependent(IOperation? expression, IFieldSymbol? field = null)
    {
        if (expression is null)
            return true;
        bool isHarmless = expression switch
        {
            _ when expression.ConstantValue.HasValue => true,
            IFieldReferenceOperation { Field: { IsReadOnly: true } or { IsConst: true } } => true,
            IFieldReferenceOperation => field is not null && Is(expression, field),
            ILocalReferenceOperation or IParameterReferenceOperation => IsOfThisCall(expression),
            IInstanceReferenceOperation => expression.Parent is IMemberReferenceOperation, // handed on, it may come back to the lock
            IUnaryOperation { OperatorMethod: null } or IConversionOperation { OperatorMethod: null } => true,
            IBinaryOperation { OperatorMethod: null } binary => binary.Type?.SpecialType != SpecialType.System_String,
            IParenthesizedOperation or IConditionalOperation or ICoalesceOperation or IDefaultValueOperation or ITypeOfOperation => true,
            IIsPatternOperation or IConstantPatternOperation or ITypePatternOperation or INegatedPatternOperation
                or IBinaryPatternOperation or IRelationalPatternOperation or IIsTypeOperation => true,
            IObjectCreationOperation { Initializer: null } or IArrayCreationOperation or IArgumentOperation => true,
            IInvocationOperation { TargetMethod: { Name: "Empty", Parameters.IsEmpty: true } empty } => !empty.IsInSource(),
            _ => false,
        };
        return isHarmless && expression.ChildOperations.All(part => IsIndependent(part, field));
    }
}

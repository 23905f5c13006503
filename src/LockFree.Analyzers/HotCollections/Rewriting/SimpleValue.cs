using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>What may be evaluated earlier, more often or in vain without anybody noticing.</summary>
internal static class SimpleValue
{
    /// <summary>What an expression does; parentheses and <c>!</c> have no operation of their own.</summary>
    public static IOperation? OperationOf(ExpressionSyntax expression, SemanticModel model)
    {
        while (true)
        {
            switch (expression)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    expression = parenthesized.Expression;
                    continue;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                    expression = suppressed.Operand;
                    continue;
                default:
                    return model.GetOperation(expression);
            }
        }
    }

    /// <summary>A value that is simply there: a constant, a local, a parameter, <c>this</c>, a read-only field of it.</summary>
    public static bool IsAtHand(IOperation? operation) => WithoutSafeConversions(operation) switch
    {
        { ConstantValue.HasValue: true } => true,
        ILocalReferenceOperation or IParameterReferenceOperation or IDefaultValueOperation or ILiteralOperation or ITypeOfOperation => true,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => true,
        IFieldReferenceOperation { Field.IsReadOnly: true, Instance: null or IInstanceReferenceOperation } => true,
        _ => false,
    };

    /// <summary>
    /// Provably without effect: made of values at hand, framework collections newly created, and calls that are known to be pure. It may cost
    /// something, and may throw.
    /// </summary>
    public static bool IsPure(IOperation? operation)
    {
        operation = OperationEquality.WithoutConversions(operation);
        if (operation is null)
            return false; // such as checked(…), which has no operation of its own
        if (IsAtHand(operation))
            return true;

        bool pureItself = operation switch
        {
            IObjectCreationOperation { Constructor: { } constructor } creation => IsPureConstructor(constructor) && creation.Initializer is null or { Initializers.IsEmpty: true }
                && !creation.Arguments.Any(RunsForeignCode),
            IInvocationOperation { TargetMethod: var method } call => !method.IsInSource() && CallEffects.IsPure(method) && !call.Arguments.Any(RunsForeignCode),
            IPropertyReferenceOperation { Property: var property } => !property.IsInSource() && property.ContainingNamespace.IsBelowSystem() && !IsClock(property),
            IDelegateCreationOperation => true,
            IBinaryOperation { OperatorMethod: null } or IUnaryOperation { OperatorMethod: null } => true,
            IBinaryOperation { OperatorMethod: { } method } => !method.IsInSource(),
            IInterpolatedStringOperation or IInterpolationOperation or IInterpolatedStringTextOperation => true,
            ITupleOperation or IArgumentOperation or IConditionalOperation or ICoalesceOperation or INameOfOperation => true,
            IArrayCreationOperation or IArrayInitializerOperation => true,
            _ => false,
        };
        return pureItself && (operation is IDelegateCreationOperation || operation.ChildOperations.All(IsPure));
    }

    /// <summary>
    /// Pure, and it always comes to its end: what may also be evaluated where its result is not needed. A lookup in a list, a division, a cast
    /// or a member of what may be null throws, and then did so only where the value was needed.
    /// </summary>
    public static bool IsPureAndSafe(IOperation? operation)
    {
        operation = WithoutSafeConversions(operation);
        if (operation is null)
            return false;
        if (IsAtHand(operation))
            return true;

        bool isSafeItself = operation switch
        {
            IConversionOperation => false,
            IObjectCreationOperation creation => creation.Arguments.All(argument => argument.Value.ConstantValue.HasValue || argument.Value is IPropertyReferenceOperation),
            IInvocationOperation { TargetMethod: { IsStatic: true, Parameters.IsEmpty: true } } => true,
            IPropertyReferenceOperation { Property.IsStatic: true } => true,
            IBinaryOperation { OperatorMethod: null, IsChecked: false } binary => IsPrimitive(binary.LeftOperand.Type) && IsPrimitive(binary.RightOperand.Type)
                && binary.OperatorKind is not (BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder),
            IUnaryOperation { OperatorMethod: null, IsChecked: false } unary => IsPrimitive(unary.Type),
            IDelegateCreationOperation { Target: IAnonymousFunctionOperation } => true,
            IInterpolationOperation { Expression.Type: var type } => IsPrimitive(type),
            IInterpolatedStringOperation or IInterpolatedStringTextOperation => true,
            IArrayCreationOperation { Initializer: not null } or IArrayInitializerOperation => true,
            ITupleOperation or IArgumentOperation or IConditionalOperation or ICoalesceOperation or INameOfOperation => true,
            _ => false,
        };
        return isSafeItself && IsPure(operation) && (operation is IDelegateCreationOperation || operation.ChildOperations.All(IsPureAndSafe));
    }

    /// <summary>A conversion that may throw, or unbox, is a step of its own.</summary>
    private static IOperation? WithoutSafeConversions(IOperation? operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation { OperatorMethod: null } conversion when conversion.IsImplicit || conversion.Conversion.IsImplicit
                    || conversion is { Conversion.IsNumeric: true, IsChecked: false } && IsPrimitive(conversion.Operand.Type):
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

    /// <summary>Numbers, characters, truth values and strings; not <c>decimal</c>, whose arithmetic throws.</summary>
    private static bool IsPrimitive(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_String
        or (>= SpecialType.System_Boolean and <= SpecialType.System_Double and not SpecialType.System_Decimal);

    /// <summary>A sequence that may be lazy, or a delegate that is called at once: whose effects nobody knows.</summary>
    private static bool RunsForeignCode(IArgumentOperation argument)
    {
        ITypeSymbol? type = argument.Parameter?.Type;
        if (type is null || type.SpecialType == SpecialType.System_String || type.TypeKind == TypeKind.Array)
            return false;

        bool deferred = argument.Parent is IObjectCreationOperation { Type.Name: "Lazy" };
        bool sequence = type.SpecialType == SpecialType.System_Collections_IEnumerable
            || type.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable);
        return sequence || type.TypeKind == TypeKind.Delegate && !deferred;
    }

    /// <summary>Each look gives another value: once is not the same as twice.</summary>
    private static bool IsClock(IPropertySymbol property) => property.Name is "Now" or "UtcNow" or "TickCount" or "TickCount64";

    private static bool IsPureConstructor(IMethodSymbol constructor)
    {
        INamedTypeSymbol type = constructor.ContainingType;
        if (type.IsInSource())
            return false;

        return type.SpecialType is SpecialType.System_Object or SpecialType.System_String
            || type.IsValueType && type.ContainingNamespace.IsBelowSystem()
            || type.ContainingNamespace.IsBelowSystemCollections()
            || type is { Name: "Lazy" or "StringBuilder" or "Tuple" or "Uri" or "Version" or "Lock" } && type.ContainingNamespace.IsBelowSystem();
    }
}

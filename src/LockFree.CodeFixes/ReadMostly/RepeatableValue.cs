using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.ReadMostly;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.CodeFixes.ReadMostly;

/// <summary>
/// What an updater may compute once more, when another writer was faster, without anybody noticing: reads, copies of records, new objects that
/// only keep what they are given, the immutable collections' own methods.
/// </summary>
internal static class RepeatableValue
{
    public static bool Is(IOperation? operation, Func<IOperation, bool> isLoad)
    {
        operation = OperationEquality.WithoutConversions(operation);
        if (operation is null)
            return false; // such as checked(…), which has no operation of its own
        if (operation.ConstantValue.HasValue || isLoad(operation))
            return true;

        bool isRepeatableItself = operation switch
        {
            ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation or IFieldReferenceOperation => true,
            ILiteralOperation or IDefaultValueOperation or ITypeOfOperation or INameOfOperation => true,
            IPropertyReferenceOperation { Property: var property } => OnlyReads(property),
            IInvocationOperation call => OnlyComputes(call.TargetMethod) && call.Arguments.All(argument => !RunsForeignCode(argument, isLoad)),
            IObjectCreationOperation { Constructor: { } constructor } creation =>
                OnlyKeeps(constructor) && creation.Arguments.All(argument => !RunsForeignCode(argument, isLoad)),
            IWithOperation copy => copy.CloneMethod is { IsImplicitlyDeclared: true } or null,
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var set }, Parent: IObjectOrCollectionInitializerOperation } =>
                ObjectPaths.IsAutoProperty(set),
            IBinaryOperation { OperatorMethod: var method } => method is null || !method.IsInSource(),
            IUnaryOperation { OperatorMethod: null } or IConditionalOperation or ICoalesceOperation or ITupleOperation => true,
            IArgumentOperation argument => argument.Parameter?.RefKind is not (RefKind.Ref or RefKind.Out),
            IInterpolatedStringOperation or IInterpolationOperation or IInterpolatedStringTextOperation => true,
            IArrayCreationOperation or IArrayInitializerOperation or IObjectOrCollectionInitializerOperation => true,
            IDelegateCreationOperation { Target: IAnonymousFunctionOperation } => true,
            IAnonymousFunctionOperation { Syntax: LambdaExpressionSyntax { Block: null } } => true,
            IBlockOperation { Parent: IAnonymousFunctionOperation, Operations: [IReturnOperation] } or IReturnOperation => true,
            _ => false,
        };
        return isRepeatableItself && operation.ChildOperations.All(child => Is(child, isLoad));
    }

    private static bool OnlyReads(IPropertySymbol property) =>
        property.IsInSource() ? ObjectPaths.IsAutoProperty(property) : property.ContainingNamespace.IsBelowSystem();

    private static bool OnlyComputes(IMethodSymbol method) => !method.IsInSource()
        && (ImmutableCollections.IsImmutableCollection(method.ContainingType) || CallEffects.IsPure(method));

    private static bool OnlyKeeps(IMethodSymbol constructor)
    {
        INamedTypeSymbol type = constructor.ContainingType;
        if (type.IsInSource())
            return type.IsRecord && constructor.DeclaringSyntaxReferences.All(reference => reference.GetSyntax() is RecordDeclarationSyntax);
        return type.IsValueType && type.ContainingNamespace.IsBelowSystem() || type.ContainingNamespace.IsBelowSystemCollections()
            || type is { Name: "Tuple" or "Uri" or "Version" } && type.ContainingNamespace.IsBelowSystem();
    }

    /// <summary>A sequence that may be lazy, or a delegate that is no lambda of this very expression: whose effects nobody knows.</summary>
    private static bool RunsForeignCode(IArgumentOperation argument, Func<IOperation, bool> isLoad)
    {
        IOperation? value = OperationEquality.WithoutConversions(argument.Value);
        if (value?.Type is null || value.Type.SpecialType == SpecialType.System_String || isLoad(value))
            return false;
        if (argument.Parameter?.Type.TypeKind == TypeKind.Delegate)
            return value is not IDelegateCreationOperation;
        return value.Type.TypeKind == TypeKind.Interface && (value.Type.SpecialType == SpecialType.System_Collections_IEnumerable
            || value.Type.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable));
    }
}

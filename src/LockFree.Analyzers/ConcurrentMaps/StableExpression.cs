using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>Expressions that name the same object, or have the same value, each time they are evaluated between two assignments.</summary>
internal static class StableExpression
{
    /// <summary>A local, a parameter, a field, an auto-property, or a chain of them.</summary>
    public static bool IsStableMap(IOperation? map) => OperationEquality.WithoutConversions(map) switch
    {
        null => true,
        ILocalReferenceOperation or IParameterReferenceOperation => true,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => true,
        IFieldReferenceOperation field => IsStableMap(field.Instance),
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property => ObjectPaths.IsAutoProperty(property.Property) && IsStableMap(property.Instance),
        _ => false,
    };

    /// <summary>A constant, a local, a parameter, a member, a type, or something made of such by code that has no effect.</summary>
    public static bool IsStableKey(IOperation? key)
    {
        key = OperationEquality.WithoutConversions(key);
        switch (key)
        {
            case null:
            case { ConstantValue.HasValue: true }:
            case ILocalReferenceOperation or IParameterReferenceOperation or ITypeOfOperation:
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                return true;
            case IFieldReferenceOperation { Field: var field } reference:
                return (field.IsReadOnly || reference.Instance is ILocalReferenceOperation or IParameterReferenceOperation) && IsStableKey(reference.Instance);
            case IPropertyReferenceOperation { Arguments.IsEmpty: true } property:
                return !IsClock(property.Property) && SteadyProperty.Is(property.Property) && IsStableKey(property.Instance);
            case ITupleOperation or IObjectCreationOperation { Type.IsValueType: true, Initializer: null } or IInterpolatedStringOperation
                or IInterpolatedStringTextOperation or IInterpolationOperation or IArgumentOperation or ILiteralOperation:
                return key.ChildOperations.All(IsStableKey);
            case IBinaryOperation { OperatorMethod: null }:
                return key.ChildOperations.All(IsStableKey);
            case IInvocationOperation call:
                return CallEffects.IsPure(call.TargetMethod) && call.TargetMethod.ContainingType?.Name is not ("Guid" or "Interlocked" or "Stopwatch")
                    && call.ChildOperations.All(IsStableKey);
            default:
                return false;
        }
    }

    public static bool Mentions(IOperation? operation, ISymbol symbol) =>
        operation is not null && operation.DescendantsAndSelf().Any(part => Names(part, symbol));

    public static bool Names(IOperation operation, ISymbol symbol) => SymbolEqualityComparer.Default.Equals(SymbolOf(operation), symbol);

    /// <summary>The variable that can be assigned, so that the expression would change its value.</summary>
    public static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        _ => null,
    };

    /// <summary>Properties of the framework that answer differently each time.</summary>
    private static bool IsClock(IPropertySymbol property) =>
        property.IsStatic && property.Name is "Now" or "UtcNow" or "Today" or "TickCount" or "TickCount64";
}

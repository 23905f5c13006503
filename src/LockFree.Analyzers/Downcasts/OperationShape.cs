using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.Downcasts;

/// <summary>Questions about one operation that several readers of operation trees ask.</summary>
internal static class OperationShape
{
    public static IOperation WithoutImplicitConversions(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } conversion)
            operation = conversion.Operand;

        return operation;
    }

    /// <summary>Static, or a member of the very instance the code runs in: <c>other._clients</c> is another registry than <c>_clients</c>.</summary>
    public static bool IsOwnMember(IMemberReferenceOperation reference)
        => reference.Instance is null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };

    /// <summary>The member or the captured primary-constructor parameter that <paramref name="operation"/> names, if it names one of its own instance.</summary>
    public static ISymbol? OwnState(IOperation? operation)
    {
        if (operation is null)
            return null;

        return WithoutImplicitConversions(operation) switch
        {
            IFieldReferenceOperation field when IsOwnMember(field) => field.Field,
            IPropertyReferenceOperation { Arguments.IsEmpty: true } property when IsOwnMember(property) => property.Property,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };
    }

    /// <summary>The lambda or local function the operation runs in, or null for the member's own body.</summary>
    public static IOperation? EnclosingFunction(IOperation operation)
    {
        for (IOperation? parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return parent;
        }

        return null;
    }
}

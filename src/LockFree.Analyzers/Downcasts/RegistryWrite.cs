using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.Downcasts;

/// <summary>Anything done to a registry that is not a lookup: an entry stored or removed, the registry assigned or handed on.</summary>
/// <param name="Registry">The member or primary-constructor parameter.</param>
/// <param name="Effect">What is done.</param>
/// <param name="Key">The key of the entry, null if unknown or if all of them are meant.</param>
/// <param name="InConstruction">While the object, or the type, is being constructed.</param>
/// <param name="Operation">The whole of it.</param>
/// <param name="Member">The member whose body this is.</param>
internal sealed record RegistryWrite(
    ISymbol Registry, RegistryEffect Effect, LookupKey? Key, bool InConstruction, IOperation Operation, ISymbol Member)
{
    public static RegistryWrite? Of(ISymbol registry, IOperation reference, ISymbol member)
    {
        IOperation child = reference;
        while (child.Parent is IConversionOperation { IsImplicit: true } conversion)
            child = conversion;

        RegistryWrite Write(RegistryEffect effect, LookupKey? key, IOperation whole)
            => new(registry, effect, key, IsConstruction(member, reference), whole, member);

        switch (child.Parent)
        {
            case IPropertyReferenceOperation { Property.IsIndexer: true } indexer when indexer.Instance == child:
                return indexer.Parent is IAssignmentOperation assignment && assignment.Target == indexer
                    ? Write(RegistryEffect.Store, LookupKey.Of(indexer.Arguments[0].Value), assignment)
                    : null;

            case IPropertyReferenceOperation { Property.Name: "Count" or "IsEmpty" or "Comparer" } property when property.Instance == child:
                return null;

            case IInvocationOperation call when call.Instance == child:
                return OfCall(call, call.Arguments, Write);

            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } extension } argument
                when extension.Arguments[0] == argument:
                return OfCall(extension, extension.Arguments.Skip(1), Write);

            case IAssignmentOperation assigned when assigned.Target == child:
                return Write(RegistryEffect.Assign, key: null, assigned);

            case INameOfOperation:
                return null;

            default:
                return Write(RegistryEffect.HandOn, key: null, child.Parent ?? child);
        }
    }

    private static RegistryWrite? OfCall(
        IInvocationOperation call, IEnumerable<IArgumentOperation> arguments, Func<RegistryEffect, LookupKey?, IOperation, RegistryWrite> write)
    {
        LookupKey? key = arguments.FirstOrDefault() is { } first ? LookupKey.Of(first.Value) : null;
        switch (call.TargetMethod.Name)
        {
            case "TryGetValue" or "GetValueOrDefault" or "ContainsKey":
                return null;
            case "Remove" or "TryRemove" or "Unregister" or "RemoveAsync":
                return write(RegistryEffect.Remove, key, call);
            case "Add" or "TryAdd" or "GetOrAdd" or "AddOrUpdate" or "TryUpdate" or "Register" or "TryRegister" or "Replace" or "Set":
                return write(RegistryEffect.Store, key, call);
            default:
                return write(RegistryEffect.HandOn, null, call);
        }
    }

    /// <summary>A lambda written in a constructor runs later.</summary>
    private static bool IsConstruction(ISymbol member, IOperation operation)
        => member is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } or IFieldSymbol or IPropertySymbol
            && OperationShape.EnclosingFunction(operation) is null;
}

/// <summary>What is done to a registry.</summary>
internal enum RegistryEffect
{
    /// <summary>An entry is added or replaced.</summary>
    Store,

    /// <summary>An entry is taken out.</summary>
    Remove,

    /// <summary>The member is given another registry.</summary>
    Assign,

    /// <summary>Given to, or asked for, something whose effect is not seen here.</summary>
    HandOn,
}

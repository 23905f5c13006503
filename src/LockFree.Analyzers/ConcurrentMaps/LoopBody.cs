using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>
/// Tells whether a loop over a copy of a dictionary's keys, values or entries would do the same over the dictionary itself. An
/// enumeration shows changes made while it runs, so nothing in the loop may change the dictionary, except to remove the key it is at.
/// </summary>
internal static class LoopBody
{
    /// <summary>Members of the framework that run what others have registered.</summary>
    private static readonly string[] CallingBack = ["Cancel", "TrySet", "SetResult", "SetException", "Start", "Run", "Raise", "Wait", "Result"];

    public static bool NeedsNoCopy(IForEachLoopOperation loop, IOperation map, string member)
    {
        if (!StableExpression.IsStableMap(map) || loop.Locals is not [var variable])
            return false;
        foreach (IOperation operation in loop.Body.DescendantsAndSelf())
        {
            switch (operation)
            {
                // the loop may be left and come back to at any time, or somebody else's code may run in it
                case IAwaitOperation or IReturnOperation { Kind: OperationKind.YieldReturn } or IAnonymousFunctionOperation or ILocalFunctionOperation
                    or IDynamicInvocationOperation or IEventAssignmentOperation or IInvalidOperation:
                    return false;
                case IInvocationOperation call when MapOperation.Of(call) is { } use && OperationEquality.SameValue(use.Map, map):
                    if (!IsHarmless(use, variable, member))
                        return false;
                    break;
                case IInvocationOperation call when !StaysOutside(call):
                    return false;
                case IObjectCreationOperation { Constructor: { } constructor } when constructor.IsInSource() && !IsPlain(constructor):
                    return false;
                case IPropertyReferenceOperation { Arguments.IsEmpty: false } indexer when MapOperation.Of(indexer) is { Kind: not MapOperationKind.Get }:
                    return false;
                case IAssignmentOperation assignment when OperationEquality.SameValue(assignment.Target, map):
                    return false;
                case IPropertyReferenceOperation { Property: var property } when property.IsInSource() && !IsPlainProperty(property):
                    return false;
            }
        }

        return true;
    }

    private static bool IsHarmless(MapOperation use, ILocalSymbol variable, string member) => use.Kind switch
    {
        MapOperationKind.Contains or MapOperationKind.TryGetValue => true,
        MapOperationKind.TryRemove => use.Key is { } key && (member == "Keys" ? StableExpression.Names(key, variable)
            : key is IPropertyReferenceOperation { Property.Name: "Key", Instance: { } pair } && StableExpression.Names(pair, variable)),
        _ => false,
    };

    /// <summary>Code of a library that is given nothing to call back.</summary>
    private static bool StaysOutside(IInvocationOperation call) =>
        CallEffects.IsLogging(call.TargetMethod) || !call.TargetMethod.IsInSource() && call.TargetMethod.MethodKind != MethodKind.DelegateInvoke
            && !call.TargetMethod.IsAbstract && !CallingBack.Any(word => call.TargetMethod.Name.StartsWith(word, StringComparison.Ordinal))
            && call.Arguments.All(argument => argument.Value.Type is not { TypeKind: TypeKind.Delegate })
        || call.TargetMethod.MethodKind != MethodKind.DelegateInvoke && CallEffects.IsPure(call.TargetMethod);

    private static bool IsPlain(IMethodSymbol constructor) => constructor.IsImplicitlyDeclared || constructor.ContainingType.IsRecord;

    private static bool IsPlainProperty(IPropertySymbol property) => !property.IsAbstract && !property.IsVirtual && property.ContainingType.GetMembers()
        .OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
}

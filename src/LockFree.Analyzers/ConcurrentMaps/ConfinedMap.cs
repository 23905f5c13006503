using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>Tells a map that other threads do not see.</summary>
internal static class ConfinedMap
{
    /// <summary>How many locals are followed.</summary>
    private const int MostSteps = 4;

    /// <summary>
    /// A map of this thread's or this call's own; one the function itself has made, or whose owner it has, used in its own code: others see it
    /// only through a lambda or a callee, whose uses are their own.
    /// </summary>
    public static bool Is(IOperation map, FunctionBody function) => IsOwn(map, function, MostSteps) || OperationEquality.WithoutConversions(map) switch
    {
        IMemberReferenceOperation { Instance: { } owner } => IsMadeHere(owner, function),
        { } own => IsMadeHere(own, function),
        null => false,
    };

    /// <summary>What <c>[ThreadStatic]</c>, <c>ThreadLocal</c> or <c>AsyncLocal</c> gives to each, or a part of it, by itself or by way of a local.</summary>
    private static bool IsOwn(IOperation? map, FunctionBody function, int steps)
    {
        for (IOperation? part = OperationEquality.WithoutConversions(map); part is not null && steps > 0;)
        {
            switch (part)
            {
                case IFieldReferenceOperation { Field: { IsStatic: true } field }:
                    return field.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ThreadStaticAttribute");
                case IPropertyReferenceOperation { Property: { Name: "Value", ContainingType: { Name: "AsyncLocal" or "ThreadLocal" } type } }
                    when type.ContainingNamespace.IsSystemThreading():
                    return true;
                case IMemberReferenceOperation member:
                    part = OperationEquality.WithoutConversions(member.Instance);
                    break;
                case ICoalesceAssignmentOperation { Target: var target }:
                    part = OperationEquality.WithoutConversions(target);
                    break;
                case ICoalesceOperation { Value: var first }:
                    part = OperationEquality.WithoutConversions(first);
                    break;
                case ILocalReferenceOperation { Local: var local }:
                    IOperation?[] values = function.Assignments(local, 0, int.MaxValue).ToArray();
                    return values.Length > 0 && values.All(value => IsOwn(value, function, steps - 1) || IsMade(value))
                        && values.Any(value => !IsMade(value));
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool IsMadeHere(IOperation made, FunctionBody function) =>
        OperationEquality.WithoutConversions(made) is ILocalReferenceOperation local
        && function.Operations.OfType<IVariableDeclaratorOperation>().Any(declarator =>
            SymbolEqualityComparer.Default.Equals(declarator.Symbol, local.Local) && IsMade(declarator.Initializer?.Value));

    /// <summary>A new map, also one that is put where the thread's own was missing: <c>_own.Value = map = new()</c>.</summary>
    private static bool IsMade(IOperation? value) => OperationEquality.WithoutConversions(value) switch
    {
        IObjectCreationOperation => true,
        ISimpleAssignmentOperation inner => IsMade(inner.Value),
        _ => false,
    };
}

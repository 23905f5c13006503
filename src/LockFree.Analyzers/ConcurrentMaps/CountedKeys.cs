using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>Keys that a counter gives out: each is stored by the one who drew it, so what was found under one is never replaced by something fresh.</summary>
internal static class CountedKeys
{
    /// <summary>Whether a use puts a value into a map, under whichever key.</summary>
    public static bool IsStore(MapOperation use) => use.Kind is MapOperationKind.Set or MapOperationKind.TryAdd or MapOperationKind.Compound
        or MapOperationKind.Atomic or MapOperationKind.TryUpdate;

    /// <summary>The key is a local of <paramref name="body"/> that gets its only value from <c>Interlocked.Increment</c>.</summary>
    public static bool IsCounted(MapOperation store, IOperation body)
    {
        if (OperationEquality.WithoutConversions(store.Key) is not ILocalReferenceOperation { Local: var key })
            return false;
        bool isDrawn = false;
        foreach (IOperation operation in body.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: var value } declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, key):
                    isDrawn = IsIncrement(value);
                    break;
                case IAssignmentOperation assignment when StableExpression.Names(assignment.Target, key):
                case IIncrementOrDecrementOperation change when StableExpression.Names(change.Target, key):
                case IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument when StableExpression.Names(argument.Value, key):
                    return false;
            }
        }

        return isDrawn;
    }

    private static bool IsIncrement(IOperation value) => OperationEquality.WithoutConversions(value) is IInvocationOperation
    {
        TargetMethod: { Name: "Increment", ContainingType: { Name: "Interlocked" } type },
    }
        && type.ContainingNamespace.IsSystemThreading();
}

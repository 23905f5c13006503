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

    /// <summary>
    /// The key is a local of <paramref name="body"/>, or a member of an object in one, that gets its only value from <c>Interlocked.Increment</c>.
    /// </summary>
    public static bool IsCounted(MapOperation store, IOperation body)
    {
        if (OperationEquality.WithoutConversions(store.Key) is not (ILocalReferenceOperation or IMemberReferenceOperation { Instance: ILocalReferenceOperation }))
            return false;
        IOperation key = OperationEquality.WithoutConversions(store.Key)!;
        bool isDrawn = false;
        foreach (IOperation operation in body.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: var value } declarator when StableExpression.Names(key, declarator.Symbol):
                    isDrawn = IsIncrement(value);
                    break;
                case ISimpleAssignmentOperation { Target: IMemberReferenceOperation } assignment
                    when OperationEquality.SameValue(assignment.Target, key) && !isDrawn && IsIncrement(assignment.Value):
                    isDrawn = true;
                    break;
                case IAssignmentOperation assignment when OperationEquality.SameValue(assignment.Target, key):
                case IIncrementOrDecrementOperation change when OperationEquality.SameValue(change.Target, key):
                case IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument when OperationEquality.SameValue(argument.Value, key):
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

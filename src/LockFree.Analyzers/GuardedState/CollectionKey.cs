using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// The key of a collection operation: the expression, followed through the parameters of helpers walked in place, and a stamp
/// that changes whenever a variable in it is assigned. Two keys are the same when structure and stamp are.
/// </summary>
internal sealed class CollectionKey
{
    public CollectionKey(IOperation expression, int stamp)
    {
        Expression = expression;
        Stamp = stamp;
    }

    public IOperation Expression { get; }

    public int Stamp { get; }

    /// <summary>True where both surely have the same value.</summary>
    public bool IsSameAs(CollectionKey other) =>
        Stamp == other.Stamp && OperationEquality.SameValue(Expression, other.Expression) && (this == other || Expression.DescendantsAndSelf().All(IsSteady));

    /// <summary>Evaluated again, it has the same value: not a clock, not what makes a new one each time.</summary>
    private static bool IsSteady(IOperation part) => part switch
    {
        IPropertyReferenceOperation { Property: { IsStatic: true, Name: "Now" or "UtcNow" or "Today" or "TickCount" or "TickCount64" } } => false,
        IPropertyReferenceOperation { Property: var property } => SteadyProperty.Is(property),
        IInvocationOperation { TargetMethod.Name: "NewGuid" or "CreateVersion7" or "GetTimestamp" } => false,
        _ => true,
    };
}

using Microsoft.CodeAnalysis;

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
    public bool IsSameAs(CollectionKey other) => Stamp == other.Stamp && OperationEquality.SameValue(Expression, other.Expression);
}

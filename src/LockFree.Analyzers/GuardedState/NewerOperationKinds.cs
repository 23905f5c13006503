using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>Operations of compilers newer than the one this assembly is built against, by number.</summary>
internal static class NewerOperationKinds
{
    /// <summary>An attribute and its arguments.</summary>
    public const OperationKind Attribute = (OperationKind)125;

    /// <summary><c>[a, b, ..c]</c>.</summary>
    public const OperationKind CollectionExpression = (OperationKind)127;

    /// <summary>The <c>..c</c> in it.</summary>
    public const OperationKind Spread = (OperationKind)128;
}

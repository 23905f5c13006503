using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>What a call does to a lock.</summary>
internal enum LockAction
{
    /// <summary>Holds the lock afterwards, or has thrown.</summary>
    Enter,

    /// <summary>Says in its result, or in a flag passed by reference, whether the lock is held afterwards.</summary>
    TryEnter,

    /// <summary>Releases one acquisition.</summary>
    Exit,
}

/// <summary>Which kind of lock is acquired, and how.</summary>
/// <param name="Primitive">The base class library's lock at the bottom.</param>
/// <param name="Mode">Shared or exclusive.</param>
/// <param name="Wrapper">The method of the user's own that was called; null where the lock's own member was.</param>
internal sealed record LockAcquisition(LockPrimitive Primitive, LockMode Mode, IMethodSymbol? Wrapper);

/// <summary>A call that acquires or releases a lock.</summary>
/// <param name="Action">Acquire, try, or release.</param>
/// <param name="Acquisition">The kind of lock.</param>
/// <param name="Target">Where the call finds the lock object.</param>
/// <param name="IsScope">The result is a disposable that releases the lock.</param>
/// <param name="IsAwaited">The lock is held only once the returned task has completed.</param>
internal sealed record LockCall(LockAction Action, LockAcquisition Acquisition, LockTarget Target, bool IsScope = false,
    bool IsAwaited = false);

using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>A release of a lock that was not taken where the release stands.</summary>
/// <param name="Lock">The lock.</param>
/// <param name="Release">The call.</param>
/// <param name="Frame">The function; its call site is the lambda, where it is one that runs later.</param>
internal sealed record StrayRelease(ObjectPath Lock, IOperation Release, CallFrame Frame);

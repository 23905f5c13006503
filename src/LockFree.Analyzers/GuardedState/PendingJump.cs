using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>A way out that has not reached its target yet.</summary>
/// <param name="Target">Where a break, continue or goto goes.</param>
/// <param name="ReturnsFrom">The frame a return leaves.</param>
/// <param name="Held">What is held on the way.</param>
/// <param name="LeavesLoopDepth">See <see cref="BranchArm.LeavesLoopDepth"/>.</param>
internal readonly record struct PendingJump(ILabelSymbol? Target, CallFrame? ReturnsFrom, HeldLocks Held, int LeavesLoopDepth)
{
    public bool HasArrived => Target is null && ReturnsFrom is null;
}

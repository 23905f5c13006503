using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// One arm of an if, switch, ?:, ??, loop or catch on the way to an operation, linked to the arm around it. No control-flow graph
/// is needed to say which operations exclude each other: two arms of one condition do, and so do an arm that is left by a jump
/// and what comes after it.
/// </summary>
internal sealed class BranchArm
{
    /// <summary>Control falls out of the arm and goes on behind it.</summary>
    public const int FallsThrough = int.MaxValue;

    public BranchArm(IOperation condition, int number, CallFrame frame, BranchArm? outer)
    {
        Condition = condition;
        Number = number;
        Frame = frame;
        Outer = outer;
    }

    public IOperation Condition { get; }

    public int Number { get; }

    public CallFrame Frame { get; }

    public BranchArm? Outer { get; }

    /// <summary>
    /// The loop depth that every way out of the arm leaves: zero when it always returns or throws, <c>d</c> when it may also break
    /// out of, or continue, a loop whose body is at depth <c>d</c>; <see cref="FallsThrough"/> when control may go on behind it.
    /// </summary>
    public int LeavesLoopDepth { get; set; } = FallsThrough;
}

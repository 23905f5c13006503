using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>Something that happens while a lock is held. Events are listed in evaluation order.</summary>
internal sealed class RegionEvent
{
    public RegionEvent(RegionEventKind kind, IOperation operation, CallFrame frame, BranchArm? arm, int loopDepth)
    {
        Kind = kind;
        Operation = operation;
        Frame = frame;
        Arm = arm;
        LoopDepth = loopDepth;
    }

    public RegionEventKind Kind { get; }

    /// <summary>The whole operation: for a collection operation the call, indexer or assignment, not the mention of the field.</summary>
    public IOperation Operation { get; }

    public CallFrame Frame { get; }

    /// <summary>The innermost branch arm the event is in.</summary>
    public BranchArm? Arm { get; }

    /// <summary>Compare with <see cref="LockRegion.LoopDepth"/>: deeper means it may happen many times in one region.</summary>
    public int LoopDepth { get; }

    /// <summary>The collection concerned, for <see cref="RegionEventKind.Collection"/> and the value events.</summary>
    public CandidateField? Candidate { get; init; }

    /// <summary>What is done to <see cref="Candidate"/>, for a collection event.</summary>
    public CollectionOperation CollectionOperation { get; init; }

    /// <summary>The instance <see cref="Candidate"/> belongs to, for a collection event.</summary>
    public ObjectPath? Instance { get; init; }

    public CollectionKey? Key { get; init; }

    /// <summary>The other field or property, the called method, the constructor.</summary>
    public ISymbol? Symbol { get; init; }

    /// <summary>What a person is told about the event: a method's or member's name.</summary>
    public string Detail { get; init; } = "";

    public bool IsWrite { get; init; }

    /// <summary>True where the event lies in a helper that is walked in place, not in the function that takes the lock.</summary>
    public bool IsInHelperOf(LockRegion region) => !ReferenceEquals(Frame, region.Frame);
}

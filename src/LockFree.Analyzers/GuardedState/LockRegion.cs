using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>One acquisition of one lock and all that happens until it is released, helpers included.</summary>
internal sealed class LockRegion
{
    private readonly List<RegionEvent> _events = [];
    private readonly List<IOperation> _releases = [];

    public LockRegion(ObjectPath path, LockAcquisition acquisition, AcquireForm form, IOperation acquire, CallFrame frame, BranchArm? arm,
        int loopDepth)
    {
        Lock = path;
        Primitive = acquisition.Primitive;
        Mode = acquisition.Mode;
        Wrapper = acquisition.Wrapper;
        Form = form;
        Acquire = acquire;
        Frame = frame;
        Arm = arm;
        LoopDepth = loopDepth;
    }

    public ObjectPath Lock { get; }

    public LockPrimitive Primitive { get; }

    public LockMode Mode { get; }

    public AcquireForm Form { get; }

    /// <summary>The method of the user's own that acquires the lock, where it is not a member of the base class library.</summary>
    public IMethodSymbol? Wrapper { get; }

    /// <summary>The lock statement, the using statement or declaration, or the call.</summary>
    public IOperation Acquire { get; }

    /// <summary>The function that acquires.</summary>
    public CallFrame Frame { get; }

    /// <summary>The innermost branch arm around the acquisition.</summary>
    public BranchArm? Arm { get; }

    public int LoopDepth { get; }

    /// <summary>The calls that release the lock; empty for the forms that release by themselves.</summary>
    public IReadOnlyList<IOperation> Releases => _releases;

    public IReadOnlyList<RegionEvent> Events => _events;

    /// <summary>True where the analysis lost track of when the lock is held: nothing may be concluded from the region.</summary>
    public bool IsIrregular { get; set; }

    /// <summary>True where only the thread that acquired the lock may release it.</summary>
    public bool IsThreadAffine => Primitive != LockPrimitive.SemaphoreSlim;

    /// <summary>True where the region surely ends in the function that began it.</summary>
    public bool EndsHere => Form != AcquireForm.Call || _releases.Count > 0;

    /// <summary>True where something is awaited meanwhile.</summary>
    public bool IsHeldAcrossAwait { get; private set; }

    public void Add(RegionEvent happening)
    {
        _events.Add(happening);
        IsHeldAcrossAwait |= happening.Kind == RegionEventKind.Await;
    }

    public void AddRelease(IOperation release)
    {
        if (!_releases.Contains(release))
            _releases.Add(release);
    }

    /// <summary>
    /// True when no execution of this region passes both; <paramref name="first"/> comes before <paramref name="second"/>.
    /// </summary>
    public bool Excludes(RegionEvent first, RegionEvent second)
    {
        for (BranchArm? arm = first.Arm; arm is not null; arm = arm.Outer)
        {
            BranchArm? counterpart = ArmOfSameCondition(arm, second.Arm);
            if (counterpart is not null)
            {
                if (counterpart.Number != arm.Number)
                    return true;
            }
            else if (arm.LeavesLoopDepth <= LoopDepth && second.Frame.IsWithin(arm.Frame))
            {
                return true;
            }
        }

        return false;
    }

    private static BranchArm? ArmOfSameCondition(BranchArm arm, BranchArm? among)
    {
        while (among is not null && !(ReferenceEquals(among.Condition, arm.Condition) && ReferenceEquals(among.Frame, arm.Frame)))
            among = among.Outer;
        return among;
    }
}

using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.HotCollections;

/// <summary>
/// Tells whether every way on which a look-up found nothing stores a value for its key: <c>if (Try(key, out made)) map[key] = made; else map[key] =
/// null;</c>, or one arm that stores and leaves and a store behind it.
/// </summary>
internal sealed class MissCoverage
{
    private readonly LockRegion _region;
    private readonly RegionEvent _probe;
    private readonly ProbeTest _test;
    private readonly RegionEvent[] _stores;

    public MissCoverage(LockRegion region, RegionEvent probe)
    {
        _region = region;
        _probe = probe;
        _test = new ProbeTest(probe);
        _stores = region.Events.SkipWhile(happening => happening != probe).Where(IsStoreOfKey).ToArray();
    }

    public bool IsComplete => _stores.Any(store => IsReached(store, within: null));

    private bool IsStoreOfKey(RegionEvent happening) => happening.Candidate == _probe.Candidate
        && happening.CollectionOperation is CollectionOperation.Set or CollectionOperation.Add or CollectionOperation.TryAdd
        && happening.Kind == RegionEventKind.Collection && happening.Instance!.Equals(_probe.Instance)
        && happening.Key is { } key && _probe.Key is { } asked && key.IsSameAs(asked);

    /// <summary>On a miss, whoever enters the arm comes to this store, or to another one instead.</summary>
    private bool IsReached(RegionEvent store, BranchArm? within)
    {
        for (BranchArm? arm = store.Arm; arm is not null && !ReferenceEquals(arm, within); arm = arm.Outer)
        {
            if (PathClassifier.IsAround(arm, _probe) || _test.InArm(arm) == ProbeResult.Missed)
                continue;
            if (_test.InArm(arm) != ProbeResult.Unrelated || CounterpartOf(arm) is not { } counterpart || !IsCovered(counterpart))
                return false;
        }

        foreach ((BranchArm left, bool throws) in PathClassifier.ArmsLeftBefore(_region, store))
        {
            bool isBeside = throws || PathClassifier.IsAround(left, _probe) || within is not null && !IsInside(left, within)
                || PathClassifier.IsOverBefore(_region, left, _probe);
            if (isBeside || _test.OutsideArm(left) == ProbeResult.Missed)
                continue;
            if (_test.OutsideArm(left) != ProbeResult.Unrelated || !IsCovered(left))
                return false;
        }

        return true;
    }

    private bool IsCovered(BranchArm arm) => _stores.Any(store => PathClassifier.IsAround(arm, store) && IsReached(store, arm));

    /// <summary>The other arm of an if statement; null where nothing is stored in it.</summary>
    private BranchArm? CounterpartOf(BranchArm arm)
    {
        if (arm.Condition is not IConditionalOperation)
            return null;
        foreach (RegionEvent store in _stores)
        {
            for (BranchArm? other = store.Arm; other is not null; other = other.Outer)
            {
                if (ReferenceEquals(other.Condition, arm.Condition) && ReferenceEquals(other.Frame, arm.Frame) && other.Number != arm.Number)
                    return other;
            }
        }

        return null;
    }

    private static bool IsInside(BranchArm arm, BranchArm around)
    {
        for (BranchArm? outer = arm.Outer; outer is not null; outer = outer.Outer)
        {
            if (ReferenceEquals(outer, around))
                return true;
        }

        return false;
    }
}

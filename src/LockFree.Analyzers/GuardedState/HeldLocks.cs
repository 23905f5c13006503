using System.Collections.Immutable;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// The abstract state of the walk: the regions that are surely held at a point, outermost first, or that the point cannot be reached.
/// A region entered twice is listed twice, so that the inner release does not end the outer one.
/// </summary>
internal readonly struct HeldLocks
{
    private readonly ImmutableArray<LockRegion> _regions;

    private HeldLocks(ImmutableArray<LockRegion> regions)
    {
        _regions = regions;
    }

    /// <summary>No execution gets here.</summary>
    public static HeldLocks Unreachable => default;

    public static HeldLocks None { get; } = new(ImmutableArray<LockRegion>.Empty);

    public bool IsReachable => !_regions.IsDefault;

    public ImmutableArray<LockRegion> Regions => _regions.IsDefault ? ImmutableArray<LockRegion>.Empty : _regions;

    public bool IsEmpty => _regions.IsDefaultOrEmpty;

    /// <summary>What is held whichever of two ways was taken.</summary>
    public static HeldLocks Merge(HeldLocks left, HeldLocks right)
    {
        if (!left.IsReachable)
            return right;
        if (!right.IsReachable || left._regions == right._regions)
            return left;
        ImmutableArray<LockRegion> rest = right._regions;
        var common = ImmutableArray.CreateBuilder<LockRegion>();
        foreach (LockRegion region in left._regions)
        {
            int index = rest.IndexOf(region);
            if (index < 0)
                continue;
            rest = rest.RemoveAt(index);
            common.Add(region);
        }

        return new HeldLocks(common.ToImmutable());
    }

    /// <summary>The innermost region of the lock; null where it is not held.</summary>
    public LockRegion? Find(ObjectPath path)
    {
        for (int i = Regions.Length - 1; i >= 0; i--)
        {
            if (_regions[i].Lock.Equals(path))
                return _regions[i];
        }

        return null;
    }

    public bool Holds(LockRegion region) => Regions.Contains(region);

    public HeldLocks With(LockRegion region) => new(Regions.Add(region));

    /// <summary>One acquisition of the region less.</summary>
    public HeldLocks Without(LockRegion region)
    {
        int index = Regions.LastIndexOf(region);
        return index < 0 ? this : new HeldLocks(_regions.RemoveAt(index));
    }
}

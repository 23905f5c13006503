using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;

namespace LockFree.Analyzers.HotCollections;

/// <summary>One way through a region: the operations on the collection that one execution can do, in order.</summary>
internal sealed class RegionPath
{
    public RegionPath(ImmutableArray<RegionEvent> operations, PathShape shape, string? obstacle = null, RegionEvent? probe = null,
        RegionEvent? store = null)
    {
        Operations = operations;
        Shape = shape;
        Obstacle = obstacle;
        Probe = probe;
        Store = store;
    }

    public ImmutableArray<RegionEvent> Operations { get; }

    public PathShape Shape { get; }

    /// <summary>Why the path has no exact counterpart; null where it has one.</summary>
    public string? Obstacle { get; }

    /// <summary>The look-up the rest of the path depends on.</summary>
    public RegionEvent? Probe { get; }

    /// <summary>The operation that changes the collection after <see cref="Probe"/>.</summary>
    public RegionEvent? Store { get; }
}

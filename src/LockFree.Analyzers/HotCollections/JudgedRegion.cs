using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;

namespace LockFree.Analyzers.HotCollections;

/// <summary>A region and what it does with one collection: exactly what a fix has to rewrite.</summary>
internal sealed class JudgedRegion
{
    public JudgedRegion(LockRegion region, ImmutableArray<RegionPath> paths, ImmutableArray<RegionEvent> factory, string? obstacle)
    {
        Region = region;
        Paths = paths;
        Factory = factory;
        Obstacle = obstacle;
    }

    public LockRegion Region { get; }

    public ImmutableArray<RegionPath> Paths { get; }

    /// <summary>
    /// What happens between a missed look-up and the store, effects included: empty where the value is computed without any.
    /// </summary>
    public ImmutableArray<RegionEvent> Factory { get; }

    /// <summary>True where an event is subscribed to, or the object in another field is called, beside the collection.</summary>
    public bool ServesAnother { get; init; }

    /// <summary>Why the region cannot be rewritten exactly; null where it can.</summary>
    public string? Obstacle { get; }
}

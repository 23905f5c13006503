using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;

namespace LockFree.Analyzers.HotCollections;

/// <summary>A region and what it does with one collection: exactly what a fix has to rewrite.</summary>
internal sealed class JudgedRegion
{
    public JudgedRegion(LockRegion region, ImmutableArray<RegionPath> paths, ImmutableArray<RegionEvent> factory, Obstacle? obstacle)
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

    /// <summary>Where an event is subscribed to, or the object in another field is called, beside the collection.</summary>
    public ImmutableArray<RegionEvent> Besides { get; init; } = ImmutableArray<RegionEvent>.Empty;

    /// <summary>Why the region cannot be rewritten exactly; null where it can.</summary>
    public Obstacle? Obstacle { get; }

    /// <summary>What makes the value of a get-or-add; null where nothing is called for it.</summary>
    public RegionEvent? Maker => Factory.FirstOrDefault(happening => happening.Kind is RegionEventKind.Effect or RegionEventKind.Create);

    public static string ReasonToWeigh(RegionEvent maker) =>
        $"the value is made by '{maker.Detail}' under the lock, once for a key, while all others wait";

    /// <summary>What a person has to weigh where operations of a known shape are written so that no fix takes them over.</summary>
    public string WhatToWeigh(RegionEvent[] together)
    {
        RegionPath[] compounds = Paths.Where(path => path.Operations.Length > 1 && path.Operations.Any(together.Contains)).ToArray();
        if (compounds.All(path => path.Shape == PathShape.GetOrAdd) && Maker is { } maker)
            return ReasonToWeigh(maker);
        if (compounds.Any(path => path is { Shape: PathShape.RemoveIf, Probe: { } probe, Store: { } removal } && DependsOnValue(probe, removal)))
            return "whether it removes depends on the value found";
        return "several operations belong together: " + string.Join(", ", together.Select(happening => happening.Detail));
    }

    private static bool DependsOnValue(RegionEvent probe, RegionEvent removal)
    {
        var test = new ProbeTest(probe);
        for (BranchArm? arm = removal.Arm; arm is not null; arm = arm.Outer)
        {
            if (test.InArm(arm) == ProbeResult.Mixed)
                return true;
        }

        return false;
    }
}

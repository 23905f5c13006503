using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.HotCollections;

/// <summary>Tells whether one region does with a collection what a concurrent map does without a lock.</summary>
internal static class RegionJudge
{
    public static JudgedRegion Judge(LockRegion region, CandidateField candidate)
    {
        ImmutableArray<RegionEvent> operations = region.Events.Where(happening =>
            happening.Kind == RegionEventKind.Collection && happening.Candidate == candidate
                && happening.CollectionOperation != CollectionOperation.Compare).ToImmutableArray();
        if (operations.IsEmpty)
            return new JudgedRegion(region, ImmutableArray<RegionPath>.Empty, ImmutableArray<RegionEvent>.Empty, null);

        ImmutableArray<RegionPath> paths = PathClassifier.PathsOf(region, operations)
            .Select(path => PathClassifier.Classify(region, path)).ToImmutableArray();
        ImmutableArray<RegionEvent> factory = paths.Where(path => path.Shape == PathShape.GetOrAdd && path.Obstacle is null)
            .SelectMany(path => FactoryOf(region, path)).Distinct().ToImmutableArray();
        RegionEvent? besides = region.Events.FirstOrDefault(happening => ServesAnother(happening, candidate) && !factory.Contains(happening));
        string? obstacle = ObstacleInRegion(region, candidate, operations)
            ?? (besides is null ? null : Describe(besides))
            ?? paths.Select(path => path.Obstacle).FirstOrDefault(reason => reason is not null)
            ?? ObstacleBetweenPaths(paths) ?? ObstacleInEffects(region, candidate, paths, factory);
        return new JudgedRegion(region, paths, factory, obstacle) { ServesAnother = besides is not null };
    }

    /// <summary>
    /// An event gets or loses a handler, or the object in another field is called: the lock keeps that in step with the collection, which says
    /// more than how many operations there are.
    /// </summary>
    private static bool ServesAnother(RegionEvent happening, CandidateField candidate) => happening.Kind == RegionEventKind.Effect
        && happening.Operation switch
        {
            IEventAssignmentOperation => true,
            IInvocationOperation { Instance: IFieldReferenceOperation { Field: var field } } => !SymbolEqualityComparer.Default.Equals(field, candidate.Field),
            _ => false,
        };

    private static string? ObstacleInRegion(LockRegion region, CandidateField candidate, ImmutableArray<RegionEvent> operations)
    {
        if (region.IsIrregular)
            return "it is not clear where the lock is held";
        if (operations.Any(operation => operation.LoopDepth > region.LoopDepth))
            return "a loop inside the lock makes several operations one";
        if (region.Mode == LockMode.Read && operations.Any(operation => operation.IsWrite))
            return "it is written under a read lock";
        foreach (RegionEvent happening in region.Events)
        {
            switch (happening.Kind)
            {
                case RegionEventKind.Await:
                    return "the lock is held across an await, which lets one caller at a time through";
                case RegionEventKind.Yield:
                    return "the lock is held across a yield";
                case RegionEventKind.NestedLock:
                    return $"another lock, '{happening.Detail}', is taken inside";
                case RegionEventKind.ValueUse when happening.Candidate == candidate:
                    return $"the lock guards the values too ({happening.Detail})";
                case RegionEventKind.ValueRead when happening.Candidate == candidate:
                    return $"the lock guards the values too (reads {happening.Detail})";
            }
        }

        return null;
    }

    /// <summary>A look-up, then a store on one path and a removal on another: reference counting and its like.</summary>
    private static string? ObstacleBetweenPaths(ImmutableArray<RegionPath> paths)
    {
        bool removes = paths.Any(path => path.Operations.Any(operation => operation.CollectionOperation == CollectionOperation.Remove));
        bool stores = paths.Any(path => path.Operations.Any(operation =>
            operation.CollectionOperation is CollectionOperation.Set or CollectionOperation.Add or CollectionOperation.TryAdd
                or CollectionOperation.ReadModifyWrite));
        bool probes = paths.Any(path => path.Probe is not null && path.Operations.Length > 1);
        return removes && stores && probes ? "the value found decides whether it stores or removes" : null;
    }

    /// <summary>What the lock also serialised and a concurrent map would not.</summary>
    private static string? ObstacleInEffects(LockRegion region, CandidateField candidate, ImmutableArray<RegionPath> paths,
        ImmutableArray<RegionEvent> factory)
    {
        bool isCopyLoop = paths.Any(path => path.Shape == PathShape.CopyLoop);
        foreach (RegionEvent happening in region.Events)
        {
            switch (happening.Kind)
            {
                case RegionEventKind.Callback when factory.Contains(happening):
                    return $"the value is made by '{happening.Detail}', which may come back to the collection";
                case RegionEventKind.Effect when factory.Contains(happening) && IsOfThisType(happening.Operation, candidate):
                    return $"the value is made by '{happening.Detail}', which may come back to the collection";
                case RegionEventKind.Effect when factory.Contains(happening) && PassesThis(happening.Operation):
                    return $"the value is made by '{happening.Detail}', which gets this object and may come back to the collection";
                case RegionEventKind.Create when !isCopyLoop:
                    continue; // building an object is not a visible effect
                case RegionEventKind.ValueUse when happening.Candidate == candidate
                    || happening.Detail.StartsWith("handed to", StringComparison.Ordinal):
                    continue;
                case RegionEventKind.Effect or RegionEventKind.Callback or RegionEventKind.ForeignWrite or RegionEventKind.Create
                    or RegionEventKind.ValueUse:
                    if (!factory.Contains(happening))
                        return Describe(happening);
                    break;
            }
        }

        return null;
    }

    private static string Describe(RegionEvent happening) => happening.Kind switch
    {
        RegionEventKind.Callback => $"'{happening.Detail}' runs code of others under the lock",
        RegionEventKind.ForeignWrite => $"'{happening.Detail}' is changed under the lock",
        RegionEventKind.Create => $"'{happening.Detail}' is created under the lock in a loop",
        _ when happening.Operation is IEventAssignmentOperation subscription =>
            $"'{subscription.EventReference.Syntax}' is {(subscription.Adds ? "subscribed to" : "unsubscribed from")} under the lock",
        _ => $"'{happening.Detail}' is called under the lock",
    };

    /// <summary>What happens between the missed look-up and the store.</summary>
    private static IEnumerable<RegionEvent> FactoryOf(LockRegion region, RegionPath path)
    {
        bool isBetween = false;
        foreach (RegionEvent happening in region.Events)
        {
            if (happening == path.Store)
                yield break;
            if (isBetween && happening.Kind is not (RegionEventKind.Collection or RegionEventKind.Return)
                && !region.Excludes(path.Probe!, happening) && !region.Excludes(happening, path.Store!) && !IsInFoundArm(happening, path))
            {
                yield return happening;
            }

            isBetween |= happening == path.Probe;
        }
    }

    /// <summary>Inside an arm that is entered only where the key was found.</summary>
    private static bool IsInFoundArm(RegionEvent happening, RegionPath path)
    {
        var test = new ProbeTest(path.Probe!);
        for (BranchArm? arm = happening.Arm; arm is not null; arm = arm.Outer)
        {
            if (test.InArm(arm) is ProbeResult.Found or ProbeResult.Mixed)
                return true;
        }

        return false;
    }

    /// <summary>A call of the type's own that was not followed any further, most often as it leads back to where it came from.</summary>
    private static bool IsOfThisType(IOperation operation, CandidateField candidate) => operation is IInvocationOperation call
        && (call.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }
            || SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType.OriginalDefinition, candidate.Field.ContainingType.OriginalDefinition));

    private static bool PassesThis(IOperation operation) => operation is IInvocationOperation call && call.Arguments.Any(argument =>
        OperationEquality.WithoutConversions(argument.Value)
            is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance });
}

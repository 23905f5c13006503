using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.HotCollections;

/// <summary>Finds the ways through a region and names each in the words of a concurrent map, or says why there is no word.</summary>
internal static class PathClassifier
{
    /// <summary>With more operations in one region than this, the ways through it are not told apart.</summary>
    private const int MostOperations = 12;

    /// <summary>The maximal sets of operations one execution can do.</summary>
    public static ImmutableArray<ImmutableArray<RegionEvent>> PathsOf(LockRegion region, ImmutableArray<RegionEvent> operations)
    {
        if (operations.Length > MostOperations)
            return ImmutableArray.Create(operations);
        var paths = ImmutableArray.CreateBuilder<ImmutableArray<RegionEvent>>();
        for (int seed = 0; seed < operations.Length; seed++)
        {
            var chosen = new List<int>();
            for (int i = 0; i < operations.Length; i++)
            {
                if (i == seed || AreCompatible(i, seed) && chosen.TrueForAll(other => other == seed || AreCompatible(i, other)))
                    chosen.Add(i);
            }

            ImmutableArray<RegionEvent> path = chosen.Select(i => operations[i]).ToImmutableArray();
            if (!paths.Any(known => known.SequenceEqual(path)))
                paths.Add(path);
        }

        return paths.ToImmutable();

        bool AreCompatible(int i, int k) => !region.Excludes(operations[Math.Min(i, k)], operations[Math.Max(i, k)]);
    }

    public static RegionPath Classify(LockRegion region, ImmutableArray<RegionEvent> path)
    {
        if (path.Length == 1)
            return ClassifySingle(region, path);
        CollectionOperation[] names = path.Select(operation => operation.CollectionOperation).ToArray();
        if (names is [CollectionOperation.Snapshot, CollectionOperation.Clear])
            return new RegionPath(path, PathShape.Drain);
        if (path.Any(operation => operation.Key is null))
            return Several(path);
        if (path.Any(operation => !operation.Key!.IsSameAs(path[0].Key!)))
            return new RegionPath(path, PathShape.Other, "several keys are used together");
        if (path.Any(operation => !operation.Instance!.Equals(path[0].Instance)))
            return new RegionPath(path, PathShape.Other, "the collections of several objects are used together");
        if (IsRead(path[0]))
            return ClassifyProbed(region, path);
        return names switch
        {
            [CollectionOperation.TryAdd, CollectionOperation.Get] =>
                new RegionPath(path, PathShape.GetOrAdd, probe: path[0], store: path[0]),
            [CollectionOperation.Remove, CollectionOperation.Add or CollectionOperation.Set]
                or [CollectionOperation.Set, CollectionOperation.Get]
                when IsUnconditional(path[0], path[1]) => new RegionPath(path, PathShape.Upsert, store: path[path.Length - 1]),
            _ => Several(path),
        };
    }

    private static RegionPath ClassifySingle(LockRegion region, ImmutableArray<RegionEvent> path)
    {
        RegionEvent only = path[0];
        switch (only.CollectionOperation)
        {
            case CollectionOperation.Enumerate:
                return IsCopyLoop(region, only) ? new RegionPath(path, PathShape.CopyLoop)
                    : new RegionPath(path, PathShape.Other, "the loop over it has effects");
            case CollectionOperation.Snapshot or CollectionOperation.Scan:
                return new RegionPath(path, PathShape.Snapshot);
            case CollectionOperation.ReadModifyWrite:
                return new RegionPath(path, PathShape.Update, store: only);
            case CollectionOperation.Clear:
                return new RegionPath(path, PathShape.Clear);
            case CollectionOperation.Replace:
                return IsEmptyReplacement(only.Operation) && !LocksCollection(region, only)
                    ? new RegionPath(path, PathShape.Clear)
                    : new RegionPath(path, PathShape.Other, "it is replaced as a whole");
            case CollectionOperation.Other or CollectionOperation.Escape:
                return new RegionPath(path, PathShape.Other, $"'{only.Detail}' has no concurrent counterpart");
            default:
                return new RegionPath(path, PathShape.SingleOperation);
        }
    }

    /// <summary>A look-up, then something that may depend on it.</summary>
    private static RegionPath ClassifyProbed(LockRegion region, ImmutableArray<RegionEvent> path)
    {
        RegionEvent probe = path[0];
        RegionEvent[] writes = path.Where(operation => operation.IsWrite).ToArray();
        if (writes.Length == 0)
            return new RegionPath(path, PathShape.SingleOperation, probe: probe);
        if (writes.Length > 1)
            return Several(path);
        RegionEvent store = writes[0];
        switch (store.CollectionOperation)
        {
            case CollectionOperation.Remove:
                return new RegionPath(path, PathShape.RemoveIf, probe: probe, store: store);
            case CollectionOperation.ReadModifyWrite:
                return new RegionPath(path, PathShape.Update, probe: probe, store: store);
            case CollectionOperation.Set or CollectionOperation.Add or CollectionOperation.TryAdd:
                return ClassifyStore(region, path, probe, store);
            default:
                return Several(path);
        }
    }

    private static RegionPath ClassifyStore(LockRegion region, ImmutableArray<RegionEvent> path, RegionEvent probe, RegionEvent store)
    {
        var test = new ProbeTest(probe);
        var results = new List<ProbeResult>();
        bool isConditional = false;
        for (BranchArm? arm = store.Arm; arm is not null; arm = arm.Outer)
        {
            if (IsAround(arm, probe) || arm.Condition is ILoopOperation or IAnonymousFunctionOperation)
                continue;
            ProbeResult result = test.InArm(arm);
            isConditional |= result == ProbeResult.Unrelated;
            results.Add(result);
        }

        foreach ((BranchArm left, bool throws) in ArmsLeftBefore(region, store))
        {
            if (IsAround(left, probe))
                continue;
            ProbeResult result = test.OutsideArm(left);
            isConditional |= result == ProbeResult.Unrelated && !throws && !IsOverBefore(region, left, probe);
            results.Add(result);
        }

        isConditional = isConditional && !new MissCoverage(region, probe).IsComplete;

        results.RemoveAll(result => result == ProbeResult.Unrelated);
        if (results.Contains(ProbeResult.Mixed) || results.Contains(ProbeResult.Found) && results.Contains(ProbeResult.Missed))
            return new RegionPath(path, PathShape.Other, "whether it stores depends on the value found", probe, store);
        if (isConditional)
            return new RegionPath(path, PathShape.Other, "it stores only under a further condition", probe, store);
        if (test.UsesNullTest && CanHoldNull(store))
            return new RegionPath(path, PathShape.Other, "a null value counts as missing", probe, store);
        if (results.Contains(ProbeResult.Found))
            return new RegionPath(path, PathShape.UpdateIfExists, probe: probe, store: store);
        if (results.Contains(ProbeResult.Missed))
            return new RegionPath(path, PathShape.GetOrAdd, probe: probe, store: store);
        return store.CollectionOperation == CollectionOperation.Set ? new RegionPath(path, PathShape.Upsert, probe: probe, store: store)
            : Several(path);
    }

    /// <summary>
    /// Arms that return or throw on the way: what comes later runs only where they were not taken. A factory may throw as well.
    /// </summary>
    public static IEnumerable<(BranchArm Arm, bool Throws)> ArmsLeftBefore(LockRegion region, RegionEvent store)
    {
        foreach (RegionEvent happening in region.Events)
        {
            if (happening == store)
                yield break;
            if (happening.Kind is not (RegionEventKind.Return or RegionEventKind.Throw))
                continue;
            for (BranchArm? arm = happening.Arm; arm is not null; arm = arm.Outer)
            {
                if (arm.LeavesLoopDepth <= region.LoopDepth && store.Frame.IsWithin(arm.Frame) && !IsAround(arm, store))
                    yield return (arm, happening.Kind == RegionEventKind.Throw);
            }
        }
    }

    /// <summary>The arm lies before the look-up: it decides about both.</summary>
    public static bool IsOverBefore(LockRegion region, BranchArm arm, RegionEvent probe)
    {
        foreach (RegionEvent happening in region.Events)
        {
            if (happening == probe)
                return false;
            if (IsAround(arm, happening))
                return true;
        }

        return false;
    }

    public static bool IsAround(BranchArm arm, RegionEvent happening)
    {
        for (BranchArm? around = happening.Arm; around is not null; around = around.Outer)
        {
            if (ReferenceEquals(around, arm))
                return true;
        }

        return false;
    }

    /// <summary><c>new List&lt;T&gt;(map.Count)</c>: how much room a copy gets, which shows nowhere.</summary>
    public static bool OnlySizesACopy(RegionEvent operation) => operation is { CollectionOperation: CollectionOperation.Count, Detail: "Count" }
        && operation.Operation.Parent is IArgumentOperation { Parameter.Name: "capacity", Parent: IObjectCreationOperation { Type: { } made } }
        && made.ContainingNamespace.IsSystemCollectionsGeneric();

    private static bool IsUnconditional(RegionEvent first, RegionEvent second) => ReferenceEquals(first.Arm, second.Arm);

    private static bool IsRead(RegionEvent operation) =>
        operation.CollectionOperation is CollectionOperation.TryGetValue or CollectionOperation.Contains or CollectionOperation.Get;

    /// <summary>True unless the values cannot be null: by their type, or because only new objects are stored.</summary>
    private static bool CanHoldNull(RegionEvent store)
    {
        if (store.Candidate?.ValueType is not { } type)
            return false;
        if (type.IsValueType)
            return type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        return type.NullableAnnotation != NullableAnnotation.NotAnnotated;
    }

    /// <summary><c>_map = new()</c> under the lock says Clear, as nobody else knows the old one.</summary>
    private static bool IsEmptyReplacement(IOperation assignment)
    {
        IOperation? value = OperationEquality.WithoutConversions((assignment as ISimpleAssignmentOperation)?.Value);
        return value is IObjectCreationOperation { Initializer: null } creation
            ? creation.Arguments.All(argument =>
            argument.Value.Type?.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable) != true)
            : value is { Kind: NewerOperationKinds.CollectionExpression } && value.ChildOperations.Count == 0;
    }

    private static bool LocksCollection(LockRegion region, RegionEvent operation) =>
        SymbolEqualityComparer.Default.Equals(region.Lock.LastMember, operation.Candidate?.Field);

    /// <summary>Inside the loop nothing happens that another thread could see.</summary>
    private static bool IsCopyLoop(LockRegion region, RegionEvent loop) => !region.Events.Any(happening =>
        happening.LoopDepth > loop.LoopDepth && happening.Operation != loop.Operation
        && happening.Kind is RegionEventKind.Effect or RegionEventKind.Callback or RegionEventKind.ForeignWrite
        or RegionEventKind.ValueUse or RegionEventKind.Yield or RegionEventKind.Await);

    private static RegionPath Several(ImmutableArray<RegionEvent> path) =>
        new(path, PathShape.Other, "several operations belong together: " + string.Join(", ", path.Select(operation => operation.Detail)));
}

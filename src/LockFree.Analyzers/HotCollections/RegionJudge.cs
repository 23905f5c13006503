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

        ImmutableArray<RegionEvent> telling = operations.RemoveAll(PathClassifier.OnlySizesACopy);
        ImmutableArray<RegionPath> paths = PathClassifier.PathsOf(region, telling.IsEmpty ? operations : telling)
            .Select(path => PathClassifier.Classify(region, path)).ToImmutableArray();
        ImmutableArray<RegionEvent> factory = paths.Where(path => path.Shape == PathShape.GetOrAdd && path.Obstacle is null)
            .SelectMany(path => FactoryOf(region, path)).Distinct().ToImmutableArray();
        ImmutableArray<RegionEvent> besides =
            region.Events.Where(happening => ServesAnother(happening, candidate) && !factory.Contains(happening)).ToImmutableArray();
        Obstacle?[] obstacles =
        [
            Obstacle.Weightiest(ObstaclesInRegion(region, candidate, operations)),
            besides.IsEmpty ? null : Describe(besides[0]),
            Obstacle.Of(paths.Select(path => path.Obstacle).FirstOrDefault(reason => reason is not null) ?? ObstacleBetweenPaths(paths)),
            Obstacle.Weightiest(ObstaclesInEffects(region, candidate, paths, factory)),
        ];
        Obstacle? obstacle = Obstacle.Weightiest(obstacles);
        return new JudgedRegion(region, paths, factory, obstacle) { Besides = besides };
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

    private static IEnumerable<Obstacle> ObstaclesInRegion(LockRegion region, CandidateField candidate, ImmutableArray<RegionEvent> operations)
    {
        if (region.IsIrregular)
            yield return new("it is not clear where the lock is held");
        if (operations.Any(operation => operation.LoopDepth > region.LoopDepth))
        {
            yield return new(SeeksFreeKey(region, operations) ? "a loop looks for a free key before it is taken"
                : "a loop inside the lock makes several operations one");
        }

        if (region.Mode == LockMode.Read && operations.Any(operation => operation.IsWrite))
            yield return new("it is written under a read lock");
        foreach (RegionEvent happening in region.Events)
        {
            switch (happening.Kind)
            {
                case RegionEventKind.Await:
                    yield return new("the lock is held across an await, which lets one caller at a time through");
                    break;
                case RegionEventKind.Yield:
                    yield return new("the lock is held across a yield");
                    break;
                case RegionEventKind.NestedLock:
                    yield return new($"another lock, '{happening.Detail}', is taken inside");
                    break;
                case RegionEventKind.ValueUse when happening.Candidate == candidate && happening.Operation is IPropertyReferenceOperation:
                    yield return new($"'{happening.Detail}' runs code of others under the lock");
                    break;
                case RegionEventKind.ValueUse when happening.Candidate == candidate:
                    yield return new($"the lock guards the values too ({happening.Detail})");
                    break;
                case RegionEventKind.ValueRead when happening.Candidate == candidate:
                    yield return new($"the lock guards the values too (reads {happening.Detail})", ObstacleWeight.ReadsValue);
                    break;
            }
        }
    }

    /// <summary><c>while (map.ContainsKey(key)) key = Next(key); map.Add(key, value);</c></summary>
    private static bool SeeksFreeKey(LockRegion region, ImmutableArray<RegionEvent> operations) =>
        operations.Where(operation => operation.LoopDepth > region.LoopDepth).All(operation =>
            operation.CollectionOperation is CollectionOperation.Contains or CollectionOperation.TryGetValue && IsInLoopCondition(operation.Operation))
        && operations.Any(operation => operation.CollectionOperation is CollectionOperation.Add or CollectionOperation.Set or CollectionOperation.TryAdd);

    private static bool IsInLoopCondition(IOperation operation)
    {
        while (operation.Parent is { } parent and not IWhileLoopOperation)
            operation = parent;
        return operation.Parent is IWhileLoopOperation loop && loop.Condition == operation;
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
    private static IEnumerable<Obstacle> ObstaclesInEffects(LockRegion region, CandidateField candidate, ImmutableArray<RegionPath> paths,
        ImmutableArray<RegionEvent> factory)
    {
        bool isCopyLoop = paths.Any(path => path.Shape == PathShape.CopyLoop);
        foreach (RegionEvent happening in region.Events)
        {
            switch (happening.Kind)
            {
                case RegionEventKind.Callback when factory.Contains(happening) && AsksAnotherObject(happening.Operation, candidate):
                    yield return new(JudgedRegion.ReasonToWeigh(happening));
                    break;
                case RegionEventKind.Callback when factory.Contains(happening):
                    yield return new($"the value is made by '{happening.Detail}', which may come back to the collection");
                    break;
                case RegionEventKind.Effect when factory.Contains(happening) && IsOfThisType(happening.Operation, candidate)
                    && !IsWalkedAlready(region, happening):
                    yield return new($"the value is made by '{happening.Detail}', which may come back to the collection");
                    break;
                case RegionEventKind.Effect when factory.Contains(happening) && PassesThis(happening.Operation):
                    yield return new($"the value is made by '{happening.Detail}', which gets this object and may come back to the collection");
                    break;
                case RegionEventKind.Create or RegionEventKind.Effect when factory.Contains(happening) && ContainerIn(happening.Operation) is { } container:
                    yield return new($"the value is made by '{happening.Detail}' with '{container}', which runs code of others that may come back to the collection");
                    break;
                case RegionEventKind.Create when factory.Contains(happening) && happening.Operation is IObjectCreationOperation creation
                    && MadeByCode.ByCalls(creation):
                    yield return new($"the value is made by '{happening.Detail}', whose constructor calls code that may come back to the collection");
                    break;
                case RegionEventKind.Create when !isCopyLoop:
                    continue; // building an object is not a visible effect
                case RegionEventKind.ValueUse when happening.Candidate == candidate
                    || happening.Detail.StartsWith("handed to", StringComparison.Ordinal):
                    continue;
                case RegionEventKind.Effect or RegionEventKind.Callback or RegionEventKind.ForeignWrite or RegionEventKind.Create
                    or RegionEventKind.ValueUse:
                    if (!factory.Contains(happening))
                        yield return Describe(happening);
                    break;
            }
        }
    }

    private static Obstacle Describe(RegionEvent happening) => happening.Kind switch
    {
        RegionEventKind.Callback => new($"'{happening.Detail}' runs code of others under the lock"),
        RegionEventKind.ForeignWrite => new($"'{happening.Detail}' is changed under the lock"),
        RegionEventKind.Create => new($"'{happening.Detail}' is created under the lock in a loop"),
        _ when happening.Operation is IEventAssignmentOperation subscription =>
            new($"'{subscription.EventReference.Syntax}' is {(subscription.Adds ? "subscribed to" : "unsubscribed from")} under the lock"),
        _ => new($"'{happening.Detail}' is called under the lock",
            happening.Operation is IInvocationOperation { Parent: not IExpressionStatementOperation } ? ObstacleWeight.CallsForAnswer
                : ObstacleWeight.Decisive),
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

    /// <summary>A helper that calls itself: all it does was seen when it was walked from the region.</summary>
    private static bool IsWalkedAlready(LockRegion region, RegionEvent happening)
    {
        for (CallFrame? frame = happening.Frame; frame is not null && !ReferenceEquals(frame, region.Frame); frame = frame.Caller)
        {
            if (SymbolEqualityComparer.Default.Equals(frame.Function?.OriginalDefinition, ((IInvocationOperation)happening.Operation).TargetMethod.OriginalDefinition))
                return true;
        }

        return false;
    }

    /// <summary>The container or service provider that is called, or handed to a constructor: it makes objects of others.</summary>
    private static string? ContainerIn(IOperation operation)
    {
        IEnumerable<IOperation?> parts = operation switch
        {
            IInvocationOperation call => call.Arguments.Select(argument => argument.Value).Append<IOperation?>(call.Instance),
            IObjectCreationOperation creation => creation.Arguments.Select(argument => argument.Value),
            _ => [],
        };
        return parts.Select(OperationEquality.WithoutConversions).FirstOrDefault(part => part?.Type is { TypeKind: TypeKind.Interface, Name: var name }
            && (name is "IContainer" or "ILifetimeScope" or "IResolver" || name.Contains("Service") && MakesServices(name)))?.Syntax.ToString();
    }

    private static bool MakesServices(string name) =>
        name.EndsWith("Provider", StringComparison.Ordinal) || name.EndsWith("Factory", StringComparison.Ordinal)
        || name.EndsWith("Scope", StringComparison.Ordinal) || name.EndsWith("Locator", StringComparison.Ordinal);

    /// <summary>A virtual method of another type that is asked for an answer.</summary>
    private static bool AsksAnotherObject(IOperation operation, CandidateField candidate) =>
        operation is IInvocationOperation { Instance: not IInstanceReferenceOperation, Parent: not IExpressionStatementOperation } call
        && call.TargetMethod.MethodKind == MethodKind.Ordinary && !IsOfThisType(operation, candidate) && !PassesThis(operation);

    private static bool PassesThis(IOperation operation) => operation is IInvocationOperation call && call.Arguments.Any(argument =>
        OperationEquality.WithoutConversions(argument.Value)
            is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance });
}

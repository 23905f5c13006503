using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>
/// Finds, in one function, a use of a concurrent map that relies on what an earlier one has said. Locks are not looked at here.
/// </summary>
/// <remarks>
/// Map and key are the same where both expressions are, and nothing they are made of is assigned in between. An act whose answer is
/// looked at (<c>if (map.TryAdd(…))</c>) is the second half of a correct optimistic attempt and no finding.
/// </remarks>
internal sealed class CheckThenAct(FunctionBody function, Func<ISymbol, bool> removesOnDemand, Func<ISymbol, bool> storesOnDemand)
{
    private const string UpdateLost = "of two updates at a time one is lost; AddOrUpdate is one operation";

    /// <summary>The races of the function, at most one for each check, the harmful ones first.</summary>
    public IEnumerable<MapRace> Find() => FindAll().OrderByDescending(race => race.IsHarmful).GroupBy(race => race.Check).Select(races => races.First());

    private IEnumerable<MapRace> FindAll()
    {
        var afterMiss = new StoreAfterMiss(function, storesOnDemand);
        foreach (MapOperation act in function.Uses)
        {
            MapRace? race = act.Kind switch
            {
                MapOperationKind.Compound => Compound(act),
                MapOperationKind.Set => OfPairs(act, LostUpdate) ?? OfPairs(act, afterMiss.Judge),
                MapOperationKind.TryAdd when !act.IsResultUsed => OfPairs(act, afterMiss.Judge),
                MapOperationKind.TryUpdate when !act.IsResultUsed => OfPairs(act, UntestedUpdate),
                MapOperationKind.TryRemove when !act.IsResultUsed => OfPairs(act, Removed),
                MapOperationKind.Get => OfPairs(act, GetAfterContains),
                _ => null,
            };
            if (race is not null)
                yield return race;
        }
    }

    /// <summary>Whether both uses are of one map and one key.</summary>
    public static bool IsSameEntry(FunctionBody function, MapOperation first, MapOperation second) =>
        OperationEquality.SameValue(first.Map, second.Map) && OperationEquality.SameValue(first.Key, second.Key)
        && StableExpression.IsStableMap(first.Map) && StableExpression.IsStableKey(first.Key)
        && !IsAssignedBetween(function, first.Map, first, second) && !IsAssignedBetween(function, first.Key!, first, second);

    private static bool IsAssignedBetween(FunctionBody function, IOperation expression, MapOperation first, MapOperation second) =>
        expression.DescendantsAndSelf().Select(StableExpression.SymbolOf).OfType<ISymbol>()
            .Any(symbol => function.IsAssigned(symbol, first.Operation.Syntax.Span.End, second.Position));

    /// <summary>The last earlier use of the same entry that makes a race together with the act.</summary>
    private MapRace? OfPairs(MapOperation act, Func<MapOperation, MapOperation, MapRace?> judge)
    {
        int index = function.Uses.IndexOf(act);
        for (int i = index - 1; i >= 0; i--)
        {
            MapOperation check = function.Uses[i];
            if (check.Key is not null && check.Type == act.Type && IsSameEntry(function, check, act) && judge(check, act) is { } race)
                return race;
        }

        // map[key] = f(map[key]): the read stands behind the write, and runs before it
        for (int i = index + 1; i < function.Uses.Count && act.Kind == MapOperationKind.Set && function.Uses[i].Position < act.End; i++)
        {
            MapOperation read = function.Uses[i];
            if (read.Kind is MapOperationKind.Get or MapOperationKind.TryGetValue && IsSameEntry(function, act, read) && judge(read, act) is { } race)
                return race;
        }

        return null;
    }

    private static MapRace? Compound(MapOperation act) =>
        StableExpression.IsStableMap(act.Map)
            ? new MapRace(RaceShape.LostUpdate, IsHarmful: true, act, act, UpdateLost) : null;

    private MapRace? LostUpdate(MapOperation check, MapOperation act)
    {
        bool isUpdate = check.Kind switch
        {
            MapOperationKind.Get when check.Position > act.Position => true,
            MapOperationKind.Get => check.DeclaredLocal is { } local && IsMadeFrom(act, local, check),
            MapOperationKind.TryGetValue => check.Received is { } value && (check.Position > act.Position ? IsChosen(act, value, check) : IsMadeFrom(act, value, check)),
            _ => false,
        };
        return isUpdate
            ? new MapRace(RaceShape.LostUpdate, IsHarmful: true, check, act, UpdateLost) : null;
    }

    /// <summary><c>map[key] = map.TryGetValue(key, out var old) ? old + 1 : 1</c></summary>
    private static bool IsChosen(MapOperation act, ISymbol old, MapOperation check) =>
        OperationEquality.WithoutConversions(act.Value) is IConditionalOperation choice && choice.Condition == check.Operation && IsDerived(choice.WhenTrue, old);

    /// <summary>The stored value is a new one made from the old.</summary>
    private bool IsMadeFrom(MapOperation act, ISymbol old, MapOperation check)
    {
        IOperation? value = OperationEquality.WithoutConversions(act.Value);
        int from = check.Operation.Syntax.Span.End;
        IOperation?[] changes = function.Assignments(old, from, act.Position).ToArray();
        if (value is ILocalReferenceOperation or IParameterReferenceOperation)
        {
            ISymbol stored = StableExpression.SymbolOf(value)!;
            if (SymbolEqualityComparer.Default.Equals(stored, old))
                return IsChangedInPlace(old, from, act) || changes.Any(change => change is not null && IsDerived(change, old));
            return changes.Length == 0 && function.Assignments(stored, from, act.Position).ToArray() is [{ } made] && IsDerived(made, old);
        }

        return changes.Length == 0 && value is not null && IsDerived(value, old);
    }

    /// <summary><c>count++</c>, <c>count += n</c>, or a member of a struct assigned, between reading and storing it back.</summary>
    private bool IsChangedInPlace(ISymbol old, int from, MapOperation act) => function.Operations.Any(operation =>
        operation.Syntax.SpanStart >= from && operation.Syntax.SpanStart < act.Position && operation switch
        {
            ICompoundAssignmentOperation change => StableExpression.Names(change.Target, old) || IsStructMember(change.Target, old),
            IIncrementOrDecrementOperation change => StableExpression.Names(change.Target, old) || IsStructMember(change.Target, old),
            ISimpleAssignmentOperation change => IsStructMember(change.Target, old),
            _ => false,
        });

    private static bool IsStructMember(IOperation target, ISymbol old) =>
        target is IMemberReferenceOperation { Instance: { Type.IsValueType: true } instance } && StableExpression.Names(instance, old);

    /// <summary>Arithmetic, a copy with changes, a new object of the old one's parts, or a member of an immutable value that returns a new one.</summary>
    private static bool IsDerived(IOperation value, ISymbol old) => OperationEquality.WithoutConversions(value) switch
    {
        IBinaryOperation or IWithOperation or ITupleOperation or IObjectCreationOperation => StableExpression.Mentions(value, old),
        IInvocationOperation { Instance: { } instance } call =>
            StableExpression.Names(OperationEquality.WithoutConversions(instance)!, old)
                && SymbolEqualityComparer.Default.Equals(call.Type, instance.Type) && CallEffects.IsImmutable(instance.Type),
        IInvocationOperation { TargetMethod: { ContainingType.Name: "Math" or "Enumerable" } } => StableExpression.Mentions(value, old),
        _ => false,
    };

    private MapRace? UntestedUpdate(MapOperation check, MapOperation act)
    {
        if (check.Kind != MapOperationKind.TryGetValue || check.Received is not { } old || act.Operation is not IInvocationOperation { Arguments.Length: 3 })
            return null;
        return OperationEquality.WithoutConversions(act.Value) is IBinaryOperation sum && StableExpression.Mentions(sum, old)
            ? new MapRace(RaceShape.UntestedUpdate, IsHarmful: true, check, act,
                "TryUpdate gives up when the value has changed meanwhile, and nobody asks it; try again until it succeeds, or use AddOrUpdate")
            : null;
    }

    private MapRace? GetAfterContains(MapOperation check, MapOperation act)
    {
        if (check.Kind != MapOperationKind.Contains || CheckOutcome.Of(check.Operation, act.Operation) is not { State: KeyState.Present } outcome
            || outcome.Branch is not null && outcome.Conditions.Length > 0 || function.IsEntryChangedBetween(check, act))
            return null;
        if (act.MapMember is not { } map || !removesOnDemand(map))
            return null;
        return new MapRace(RaceShape.GetAfterContains, IsHarmful: true, check, act,
            "the key may be gone, and the indexer throws; TryGetValue asks and reads at once");
    }

    private MapRace? Removed(MapOperation check, MapOperation act)
    {
        if (CheckOutcome.Of(check.Operation, act.Operation) is not { } outcome || function.IsEntryChangedBetween(check, act))
            return null;
        if (outcome.State == KeyState.Present && act.Received is { } removed && IsTakenForGranted(removed, act))
        {
            return new MapRace(RaceShape.RemovalTakenForGranted, IsHarmful: true, check, act,
                "another thread may have removed the key, and then there is no value; test what TryRemove answers");
        }

        if (check.Kind != MapOperationKind.TryGetValue || check.Received is not { } found || outcome.State == KeyState.Absent || act.Received is not null)
            return null;
        IOperation[] tests = outcome.Conditions.Where(condition => StableExpression.Mentions(condition, found)).ToArray();
        if (tests.Length == 0)
            return null;
        if (tests.Any(test => AsksForEmptiness(test, found)))
        {
            return new MapRace(RaceShape.EmptyRemoval, IsHarmful: false, check, act,
                "what is put into the value meanwhile goes with it; let the value refuse once it is given up, or leave it in the map");
        }

        return tests.All(test => !IsNullTest(test)) ? new MapRace(RaceShape.StaleRemoval, IsStoredAgain(check, act), check, act,
            "the value may have been replaced by a fresh one, which is removed instead; TryRemove with the pair of key and value removes only what was tested") : null;
    }

    /// <summary>A member of the removed value is used, and nothing asks whether there is one.</summary>
    private bool IsTakenForGranted(ISymbol removed, MapOperation act) => function.Operations.FirstOrDefault(operation =>
        operation.Syntax.SpanStart > act.End && StableExpression.Names(operation, removed)) is { Type.IsReferenceType: true, Parent: { } user } first
        && (user is IInvocationOperation call && call.Instance == first || user is IMemberReferenceOperation member && member.Instance == first);

    private bool IsStoredAgain(MapOperation check, MapOperation act) => function.Uses.Any(use => use.Position > act.Position
        && use.Kind is MapOperationKind.Set or MapOperationKind.TryAdd or MapOperationKind.Atomic && use.Key is not null && IsSameEntry(function, check, use));

    private static bool AsksForEmptiness(IOperation test, ISymbol found) => test.DescendantsAndSelf().Any(part => part switch
    {
        IPropertyReferenceOperation { Property.Name: "IsEmpty" } property => FunctionBody.IsRootedAt(property, found),
        IPropertyReferenceOperation { Property.Name: "Count" or "Length", Parent: IBinaryOperation { RightOperand.ConstantValue: { Value: 0 or 1 } } } property =>
            FunctionBody.IsRootedAt(property, found) && property.Property.ContainingType.SpecialType != SpecialType.System_String,
        IInvocationOperation { TargetMethod.Name: "Any" } call => StableExpression.Mentions(call, found),
        _ => false,
    });

    private static bool IsNullTest(IOperation test) => test is IBinaryOperation
    {
        OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, RightOperand.ConstantValue: { HasValue: true, Value: null },
    }
        or IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation };
}

using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>A value that is stored because the key was not there: what becomes of two threads that both find it missing?</summary>
/// <param name="function">The function that asks and stores.</param>
/// <param name="storesOnDemand">Whether another member stores what it is given in the map, without asking.</param>
internal sealed class StoreAfterMiss(FunctionBody function, Func<ISymbol, bool> storesOnDemand)
{
    /// <summary>Null where nothing goes wrong, or no single operation of the map would do better.</summary>
    public MapRace? Judge(MapOperation check, MapOperation act)
    {
        if (check.Kind is not (MapOperationKind.Contains or MapOperationKind.TryGetValue)
            || CheckOutcome.Of(check.Operation, act.Operation) is not { State: KeyState.Absent } outcome || function.IsEntryChangedBetween(check, act))
            return null;
        if (IsMark(act))
            return IsPlaceholder(act) ? null : MarkOnce.Judge(function, check, act, outcome);

        MadeValue made = MadeValue.Of(function, check, act);
        if (made.FilledBy(function, check, act) is { } filling)
        {
            MapRace halfFilled = new(
                RaceShape.HalfFilled, IsHarmful: false, check, act, "it finds the value before it is filled; store it when it is complete");
            return halfFilled with { Filling = filling };
        }

        bool isDropped = act.Kind == MapOperationKind.TryAdd && !IsUsedAfter(made.Variable, act);
        if (made.ReasonNotToLose(function, check, act) is { } loss && !isDropped)
        {
            return new MapRace(RaceShape.AddAfterMiss, IsHarmful: true, check, act,
                $"each of two threads goes on with a value of its own, and the one that is not kept {loss}; GetOrAdd gives both the same");
        }

        // a further condition, or an exception for the second one, says that more is meant than a cache
        if (outcome.Conditions.Length > 0 || MarkOnce.LooksForDuplicates(outcome, act))
            return null;
        if (MarkOnce.IsRefused(outcome))
            return new MapRace(RaceShape.MarkOnce, IsHarmful: true, check, act, "both find the key missing, and neither is refused; TryAdd decides and stores at once");
        if (act.Kind == MapOperationKind.TryAdd && !made.IsOwned && (IsLastOfEntry(check, act) || isDropped && IsAskedAgain(act))
            || made.IsGiven && IsAwaitBetween(check, act))
            return null;
        return new MapRace(RaceShape.AddAfterMiss, IsHarmful: false, check, act, Consequence(made, act, isDropped));
    }

    private string Consequence(MadeValue made, MapOperation act, bool isDropped)
    {
        if (isDropped && made.IsOwned)
        {
            return "both make a value, and the one that is not stored is never disposed; "
                + (act.Type == MapType.ConcurrentDictionary ? "ask TryAdd which one that is" : "GetOrAddOnce makes one");
        }

        if (act.Kind == MapOperationKind.Set && act.MapMember is { } map && storesOnDemand(map))
            return "what it stores there is overwritten; TryAdd and GetOrAdd leave it";
        if (made.IsGiven && act.Kind == MapOperationKind.Set)
            return "both store a value, and the later one stays; TryAdd stores the first and tells the second";
        return $"both {(made.IsGiven ? "store" : "make")} a value, and the {(act.Kind == MapOperationKind.TryAdd ? "first" : "later")} one stays; "
            + "GetOrAdd gives both the same";
    }

    private static bool IsMark(MapOperation act) => act.Value is null || act.Value.ConstantValue.HasValue || act.Value is IDefaultValueOperation
        || act.Value is IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } }
        || act.Value is IPropertyReferenceOperation { Property: { IsStatic: true, ContainingType.Name: "DateTime" or "DateTimeOffset" } };

    /// <summary>The function itself puts the value in the mark's place later: the mark decides nothing.</summary>
    private bool IsPlaceholder(MapOperation act) => function.Uses.Any(use => use.Kind == MapOperationKind.Set && use.Position > act.End && IsSameEntry(act, use));

    /// <summary>
    /// Neither the value that was found, nor the one that was made, nor the entry is used any further: the check only saves making a value,
    /// and TryAdd alone would leave the map the same.
    /// </summary>
    private bool IsLastOfEntry(MapOperation check, MapOperation act) =>
        !(check.Received is { } found && function.Operations.Any(operation =>
            operation.Syntax.SpanStart > check.Operation.Syntax.Span.End && StableExpression.Names(operation, found)))
        && !act.Value!.DescendantsAndSelf().Select(StableExpression.SymbolOf).OfType<ISymbol>().Any(part =>
            function.IsAssigned(part, check.Operation.Syntax.Span.End, act.Position) && IsUsedAfter(part, act))
        && !function.Uses.Any(use => use.Position > act.End && IsSameEntry(act, use));

    /// <summary>What was made is forgotten, and the map is asked for what it holds: all threads go on with the same.</summary>
    private bool IsAskedAgain(MapOperation act) => function.Uses.Any(use =>
        use.Kind is MapOperationKind.Get or MapOperationKind.TryGetValue && use.Position > act.End && IsSameEntry(act, use));

    /// <summary>The value is stored once something has been waited for; stored before, it would say too early that this is done.</summary>
    private bool IsAwaitBetween(MapOperation check, MapOperation act) => function.Operations.Any(operation =>
        operation is IAwaitOperation && operation.Syntax.SpanStart > check.Position && operation.Syntax.Span.End < act.Position);

    private bool IsSameEntry(MapOperation act, MapOperation use) => use.Key is not null && CheckThenAct.IsSameEntry(function, act, use);

    private bool IsUsedAfter(ISymbol? variable, MapOperation act) => variable is not null
        && function.Operations.Any(operation => operation.Syntax.SpanStart > act.End && StableExpression.Names(operation, variable));
}

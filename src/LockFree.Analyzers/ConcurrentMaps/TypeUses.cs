using System.Collections.Concurrent;
using System.Collections.Immutable;
using LockFree.Analyzers.Downcasts;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>Every use of concurrent maps in one type, and what the bodies of the type mean for each other. Bodies may come concurrently.</summary>
internal sealed class TypeUses(INamedTypeSymbol type, LockCover cover)
{
    private readonly ConcurrentBag<Body> _bodies = [];
    private readonly ConcurrentBag<Diagnostic> _costlyReads = [];
    private readonly Dictionary<ISymbol, bool> _removedOnDemand = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, bool> _storedOnDemand = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, bool> _counted = new(SymbolEqualityComparer.Default);
    private ILookup<ISymbol?, MapUse>? _uses;
    private ILookup<IMethodSymbol, Call>? _calls;

    public void Add(ISymbol owner, IOperation root)
    {
        bool isTeardown = Teardown.Is(owner);
        var functions = new Dictionary<IOperation, FunctionBody>();
        var open = new Stack<(IOperation Operation, IOperation Function)>();
        open.Push((root, root));
        while (open.Count > 0)
        {
            (IOperation operation, IOperation function) = open.Pop();
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
                function = operation;
            if (MapOperation.Of(operation) is { } use)
            {
                if (!functions.TryGetValue(function, out FunctionBody? body))
                    functions.Add(function, body = new FunctionBody(function));
                body.Uses.Add(use);
            }

            if (!isTeardown && CostlyMapRead.Judge(operation) is { } finding)
                _costlyReads.Add(finding);
            foreach (IOperation child in operation.ChildOperations.Reverse())
                open.Push((child, function));
        }

        _bodies.Add(new Body(owner, root, functions.Values.ToImmutableArray()));
    }

    public IEnumerable<Diagnostic> Findings() => _costlyReads.Concat(_bodies.SelectMany(RacesOf).Select(CheckThenActOnMap.Report));

    private IEnumerable<MapRace> RacesOf(Body body)
    {
        foreach (FunctionBody function in body.Functions)
        {
            bool isOwnersCode = function.Root == body.Root;
            if (function.Uses.Count == 0 || isOwnersCode && IsConstruction(body.Owner))
                continue;
            foreach (MapRace race in new CheckThenAct(function, IsRemovedOnDemand, IsStoredOnDemand).Find())
            {
                if (race.Shape == RaceShape.StaleRemoval && AreAllKeysCounted(race.Act))
                    continue;
                if (!ConfinedMap.Is(race.Act.Map, function) && !cover.Covers(function, race.Act.Operation)
                    && !(isOwnersCode && body.Owner is IMethodSymbol method && IsCalledCovered(method, ImmutableArray<IMethodSymbol>.Empty)))
                    yield return race;
            }
        }
    }

    private static bool IsConstruction(ISymbol owner) =>
        owner is IFieldSymbol or IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor };

    /// <summary>A private method all of whose callers hold a lock, or construct the object.</summary>
    private bool IsCalledCovered(IMethodSymbol method, ImmutableArray<IMethodSymbol> callees)
    {
        if (LockCover.IsSaidToBeCovered(method))
            return true;
        if (method.DeclaredAccessibility != Accessibility.Private || method.MethodKind != MethodKind.Ordinary || callees.Length > 3)
            return false;
        Call[] calls = Calls()[method.OriginalDefinition].ToArray();
        return calls.Length > 0 && calls.All(call => call.Function is { } function && (cover.Covers(function, call.Operation)
            || function.Root == call.Body.Root && (IsConstruction(call.Body.Owner)
                || call.Body.Owner is IMethodSymbol caller && !callees.Contains(caller, SymbolEqualityComparer.Default)
                    && IsCalledCovered(caller, callees.Add(method)))));
    }

    /// <summary>Another member removes from the map a key that it is given: whenever its caller likes, for whichever key.</summary>
    private bool IsRemovedOnDemand(ISymbol map) => Once(_removedOnDemand, map, () => UsesOf(map).Any(use => !IsConstruction(use.Body.Owner) && use.Operation.Kind == MapOperationKind.TryRemove && MentionsParameter(use.Operation.Key)));

    /// <summary>Another member stores under a key that it is given a value that it is given, and asks nobody whether there is one.</summary>
    private bool IsStoredOnDemand(ISymbol map) => Once(_storedOnDemand, map, () => UsesOf(map).Any(use => !IsConstruction(use.Body.Owner)
        && use.Operation.Kind == MapOperationKind.Set && MentionsParameter(use.Operation.Key) && MentionsParameter(use.Operation.Value)
        && !use.Function.Uses.Any(check => check.Position < use.Operation.Position
            && check.Key is not null && CheckThenAct.IsSameEntry(use.Function, check, use.Operation))));

    private static bool MentionsParameter(IOperation? value) => value!.DescendantsAndSelf().Any(part => part is IParameterReferenceOperation);

    /// <summary>Nothing is ever stored under a key a second time: all that stores in the map, in its own type, draws its keys from a counter.</summary>
    private bool AreAllKeysCounted(MapOperation act)
    {
        if (act.MapMember is not IFieldSymbol { DeclaredAccessibility: Accessibility.Private or Accessibility.Internal } field)
            return false;
        return Once(_counted, field, () =>
        {
            MapUse[] stores = UsesOf(field).Where(use => CountedKeys.IsStore(use.Operation)).ToArray();
            return stores.Length > 0 && stores.All(store => CountedKeys.IsCounted(store.Operation, store.Body.Root));
        });
    }

    /// <summary>What is asked for every use of a map has one answer.</summary>
    private static bool Once(Dictionary<ISymbol, bool> answers, ISymbol map, Func<bool> ask)
    {
        if (!answers.TryGetValue(map, out bool answer))
            answers.Add(map, answer = ask());
        return answer;
    }

    /// <summary>The uses of one of the type's own maps in all its bodies.</summary>
    private IEnumerable<MapUse> UsesOf(ISymbol map) => !SymbolEqualityComparer.Default.Equals(map.ContainingType, type) ? []
        : (_uses ??= _bodies.SelectMany(body => body.Functions.SelectMany(function => function.Uses.Select(use => new MapUse(use, function, body))))
            .ToLookup(use => use.Operation.MapMember, SymbolEqualityComparer.Default))[map];

    private ILookup<IMethodSymbol, Call> Calls() => _calls ??= _bodies.SelectMany(CallsOf)
        .ToLookup(call => call.Callee, (IEqualityComparer<IMethodSymbol>)SymbolEqualityComparer.Default);

    private IEnumerable<Call> CallsOf(Body body)
    {
        var functions = new Dictionary<IOperation, FunctionBody>();
        foreach (IOperation operation in body.Root.DescendantsAndSelf())
        {
            IMethodSymbol? callee = operation switch
            {
                IInvocationOperation call => call.TargetMethod,
                IMethodReferenceOperation reference => reference.Method,
                _ => null,
            };
            if (callee is null || !SymbolEqualityComparer.Default.Equals(callee.OriginalDefinition.ContainingType, type))
                continue;

            // a method group may be called at any time
            if (operation is IMethodReferenceOperation)
            {
                yield return new Call(callee.OriginalDefinition, operation, null, body);
                continue;
            }

            IOperation root = OperationShape.EnclosingFunction(operation) ?? body.Root;
            if (!functions.TryGetValue(root, out FunctionBody? function))
                functions.Add(root, function = new FunctionBody(root));
            yield return new Call(callee.OriginalDefinition, operation, function, body);
        }
    }

    private sealed record Body(ISymbol Owner, IOperation Root, ImmutableArray<FunctionBody> Functions);

    private sealed record MapUse(MapOperation Operation, FunctionBody Function, Body Body);

    private sealed record Call(IMethodSymbol Callee, IOperation Operation, FunctionBody? Function, Body Body);
}

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
            foreach (MapRace race in new CheckThenAct(function, IsRemovedOnDemand).Find())
            {
                if (race.Shape == RaceShape.StaleRemoval && AreAllKeysCounted(race.Act.Map))
                    continue;
                if (!IsConfined(race.Act.Map, function) && !cover.Covers(function, race.Act.Operation)
                    && !(isOwnersCode && body.Owner is IMethodSymbol method && IsCalledCovered(method, ImmutableArray<IMethodSymbol>.Empty)))
                    yield return race;
            }
        }
    }

    private static bool IsConstruction(ISymbol owner) =>
        owner is IFieldSymbol or IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor };

    /// <summary>
    /// A map of this thread's own; one the function itself has made, or whose owner it has, used in its own code: others see it only through a
    /// lambda or a callee, whose uses are their own.
    /// </summary>
    private static bool IsConfined(IOperation map, FunctionBody function) => OperationEquality.WithoutConversions(map) switch
    {
        IFieldReferenceOperation { Field: { IsStatic: true } field } =>
            field.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ThreadStaticAttribute"),
        IMemberReferenceOperation { Instance: { } owner } => IsMadeHere(owner, function),
        { } own => IsMadeHere(own, function),
        null => false,
    };

    private static bool IsMadeHere(IOperation made, FunctionBody function) =>
        OperationEquality.WithoutConversions(made) is ILocalReferenceOperation local
        && function.Operations.OfType<IVariableDeclaratorOperation>().Any(declarator =>
            SymbolEqualityComparer.Default.Equals(declarator.Symbol, local.Local)
            && OperationEquality.WithoutConversions(declarator.Initializer?.Value) is IObjectCreationOperation);

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
    private bool IsRemovedOnDemand(ISymbol map) => SymbolEqualityComparer.Default.Equals(map.ContainingType, type) && _bodies.Any(body =>
        !IsConstruction(body.Owner) && body.Functions.Any(function => function.Uses.Any(use => use.Kind == MapOperationKind.TryRemove
            && SymbolEqualityComparer.Default.Equals(StableExpression.SymbolOf(OperationEquality.WithoutConversions(use.Map)!), map)
            && use.Key!.DescendantsAndSelf().Any(part => part is IParameterReferenceOperation))));

    /// <summary>Nothing is ever stored under a key a second time: a private map, and all that stores in it draws its keys from a counter.</summary>
    private bool AreAllKeysCounted(IOperation map)
    {
        if (StableExpression.SymbolOf(OperationEquality.WithoutConversions(map)!) is not IFieldSymbol { DeclaredAccessibility: Accessibility.Private } field)
            return false;
        (MapOperation Use, IOperation Body)[] stores = _bodies.SelectMany(body => body.Functions.SelectMany(function => function.Uses)
            .Where(use => CountedKeys.IsStore(use)
                && SymbolEqualityComparer.Default.Equals(StableExpression.SymbolOf(OperationEquality.WithoutConversions(use.Map)!), field))
            .Select(use => (use, body.Root))).ToArray();
        return stores.Length > 0 && stores.All(store => CountedKeys.IsCounted(store.Use, store.Body));
    }

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

    private sealed record Call(IMethodSymbol Callee, IOperation Operation, FunctionBody? Function, Body Body);
}

using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>What a use of a concurrent map does.</summary>
internal enum MapOperationKind
{
    /// <summary><c>ContainsKey(key)</c>, <c>Contains(item)</c>.</summary>
    Contains,

    /// <summary><c>TryGetValue(key, out value)</c>.</summary>
    TryGetValue,

    /// <summary><c>map[key]</c> read.</summary>
    Get,

    /// <summary><c>map[key] = value</c>.</summary>
    Set,

    /// <summary><c>map[key]++</c>, <c>map[key] += value</c>.</summary>
    Compound,

    /// <summary><c>TryAdd(key, value)</c>, a set's <c>Add(item)</c>.</summary>
    TryAdd,

    /// <summary><c>TryRemove(key, out value)</c>, a set's <c>Remove(item)</c>.</summary>
    TryRemove,

    /// <summary><c>TryUpdate(key, newValue, comparand)</c>.</summary>
    TryUpdate,

    /// <summary><c>AddOrUpdate</c>, <c>GetOrAdd</c> and their like: atomic in themselves.</summary>
    Atomic,

    /// <summary><c>Clear()</c>, <c>Drain()</c>.</summary>
    Clear,
}

/// <summary>One use of a concurrent map by key.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Operation">The call, or the reference to the indexer.</param>
/// <param name="Type">The type of the map.</param>
/// <param name="Map">The expression of the map.</param>
/// <param name="Key">The key; null for <see cref="MapOperationKind.Clear"/>.</param>
/// <param name="Value">The value stored; the place the value goes to for a read or a removal with <c>out</c>.</param>
internal sealed record MapOperation(
    MapOperationKind Kind, IOperation Operation, MapType Type, IOperation Map, IOperation? Key, IOperation? Value)
{
    /// <summary>Where the use begins in the source.</summary>
    public int Position => Operation.Syntax.SpanStart;

    /// <summary>Where the whole use, with the value that is stored, ends in the source.</summary>
    public int End => Kind is MapOperationKind.Set or MapOperationKind.Compound ? Operation.Parent!.Syntax.Span.End : Operation.Syntax.Span.End;

    /// <summary>The local or parameter that receives the value, of a call with <c>out</c> or of <c>local = map[key]</c>.</summary>
    public ISymbol? Received => Value switch
    {
        IDeclarationExpressionOperation { Expression: ILocalReferenceOperation declared } => declared.Local,
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    /// <summary>Whether somebody looks at what the call answered.</summary>
    public bool IsResultUsed
    {
        get
        {
            IOperation? user = Operation.Parent;
            while (user is IConversionOperation or IParenthesizedOperation)
                user = user.Parent;
            return user is not (IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation });
        }
    }

    /// <summary>The field or property that holds the map; null for a map in a local, a parameter, or what a call returns.</summary>
    public ISymbol? MapMember => (OperationEquality.WithoutConversions(Map) as IMemberReferenceOperation)?.Member;

    /// <summary>Null for everything that is no use of a concurrent map.</summary>
    public static MapOperation? Of(IOperation operation) => operation switch
    {
        IInvocationOperation { Instance: { } map } call => OfCall(call, map, MapTypes.Of(map.Type)),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } map, Arguments: [var key] } indexer => OfIndexer(indexer, map, key.Value),
        _ => null,
    };

    private static MapOperation? OfCall(IInvocationOperation call, IOperation map, MapType type)
    {
        if (type == MapType.None || KindOf(call.TargetMethod, type) is not { } kind)
            return null;
        IOperation? key = Argument(call, 0);
        return kind != MapOperationKind.Clear && key is null ? null : new MapOperation(kind, call, type, map, key, Argument(call, 1));
    }

    private static MapOperation? OfIndexer(IPropertyReferenceOperation indexer, IOperation map, IOperation key)
    {
        MapType type = MapTypes.Of(map.Type);
        if (type == MapType.None)
            return null;
        return indexer.Parent switch
        {
            ISimpleAssignmentOperation assignment when assignment.Target == indexer =>
                new MapOperation(MapOperationKind.Set, indexer, type, map, key, assignment.Value),
            ICompoundAssignmentOperation compound when compound.Target == indexer =>
                new MapOperation(MapOperationKind.Compound, indexer, type, map, key, compound.Value),
            IIncrementOrDecrementOperation => new MapOperation(MapOperationKind.Compound, indexer, type, map, key, null),

            // stores only where nothing was: neither a plain read nor a plain write
            ICoalesceAssignmentOperation coalesce when coalesce.Target == indexer => null,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } =>
                new MapOperation(MapOperationKind.Get, indexer, type, map, key, null) { DeclaredLocal = declarator.Symbol },
            _ => new MapOperation(MapOperationKind.Get, indexer, type, map, key, null),
        };
    }

    /// <summary>The local that <c>var local = map[key]</c> declares.</summary>
    public ILocalSymbol? DeclaredLocal { get; init; }

    private static MapOperationKind? KindOf(IMethodSymbol method, MapType type) => method.Name switch
    {
        "ContainsKey" => MapOperationKind.Contains,
        "Contains" when type == MapType.ShardedSet => MapOperationKind.Contains,
        "TryGetValue" when type != MapType.ShardedSet => MapOperationKind.TryGetValue,
        "TryAdd" => MapOperationKind.TryAdd,
        "Add" when type == MapType.ShardedSet => MapOperationKind.TryAdd,
        "Remove" when type == MapType.ShardedSet => MapOperationKind.TryRemove,

        // the overload with a pair, or with a predicate, tests and removes in one operation
        "TryRemove" when method.Parameters.Length == 2 || type == MapType.ShardedSet => MapOperationKind.TryRemove,
        "TryRemove" or "RemoveWhere" => MapOperationKind.Atomic,
        "TryUpdate" when method.Parameters.Length == 3 && method.Parameters[2].RefKind == RefKind.None => MapOperationKind.TryUpdate,
        "TryUpdate" or "AddOrUpdate" or "GetOrAdd" or "GetOrAddOnce" or "GetOrAddAsync" or "Compute" or "Exchange" => MapOperationKind.Atomic,
        "Clear" or "Drain" => MapOperationKind.Clear,
        _ => null,
    };

    private static IOperation? Argument(IInvocationOperation call, int ordinal) =>
        OperationEquality.WithoutConversions(call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal)?.Value);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <summary>What one mention of a keyed collection does with it, read from the operations around it.</summary>
internal sealed class CollectionUse
{
    private static readonly HashSet<string> Copiers = new(StringComparer.Ordinal)
    {
        "ToArray", "ToDictionary", "ToFrozenDictionary", "ToFrozenSet", "ToHashSet", "ToImmutableArray", "ToImmutableDictionary",
        "ToImmutableHashSet", "ToImmutableList", "ToList",
    };

    private static readonly HashSet<string> Reducers = new(StringComparer.Ordinal)
    {
        "Aggregate", "All", "Any", "Average", "Contains", "Count", "ElementAt", "ElementAtOrDefault", "First", "FirstOrDefault", "Last",
        "LastOrDefault", "LongCount", "Max", "MaxBy", "Min", "MinBy", "SequenceEqual", "Single", "SingleOrDefault", "Sum", "ToLookup",
    };

    private CollectionUse(CollectionOperation operation, IOperation outer, IOperation? key = null, string detail = "",
        ISymbol? alias = null)
    {
        Operation = operation;
        Outer = outer;
        Key = key;
        Detail = detail;
        Alias = alias;
    }

    public CollectionOperation Operation { get; }

    /// <summary>The whole operation, of which the mention is a part.</summary>
    public IOperation Outer { get; }

    public IOperation? Key { get; }

    /// <summary>The name of the member, or how the collection escapes.</summary>
    public string Detail { get; }

    /// <summary>The local that becomes another name of the collection.</summary>
    public ISymbol? Alias { get; }

    /// <summary>Null for a mention that does nothing: nameof, the object of a lock statement.</summary>
    public static CollectionUse? Of(IOperation mention)
    {
        (IOperation child, IOperation? parent) = OutOfConversions(mention);
        switch (parent)
        {
            case null:
                return Escape(mention, "unknown use");
            case INameOfOperation or ILockOperation or IExpressionStatementOperation:
                return null;
            case IConditionalAccessOperation access when access.Operation == child:
                return null;
            case IInvocationOperation call when call.Instance == child:
                return OfCall(call.TargetMethod.Name, call, call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
            case IPropertyReferenceOperation { Arguments.Length: > 0 } indexer when indexer.Instance == child:
                return OfIndexer(indexer);
            case IPropertyReferenceOperation property when property.Instance == child:
                return property.Property.Name switch
                {
                    "Keys" or "Values" => Enumerated(property),
                    "Count" or "Comparer" => new(CollectionOperation.Count, property, detail: property.Property.Name),
                    _ => new(CollectionOperation.Other, property, detail: property.Property.Name),
                };
            case IForEachLoopOperation loop:
                return new(CollectionOperation.Enumerate, loop, detail: "foreach");
            case IAssignmentOperation assignment when assignment.Target == child:
                return new(CollectionOperation.Replace, assignment, detail: "assignment");
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } assignment:
                return new(CollectionOperation.Compare, assignment, alias: local.Local);
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                return new(CollectionOperation.Compare, parent, alias: declarator.Symbol);
            case IBinaryOperation or IIsPatternOperation or IIsTypeOperation:
                return new(CollectionOperation.Compare, parent);
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out }:
                return new(CollectionOperation.Escape, parent, detail: "passed by reference");
            case { Kind: NewerOperationKinds.Spread }:
                return new(CollectionOperation.Snapshot, parent, detail: "spread");
            case IArgumentOperation or IInvocationOperation or IObjectCreationOperation:
                return Enumerated(child);
            case IReturnOperation:
                return Escape(parent, "returned");
            case IMemberInitializerOperation or IAssignmentOperation:
                return Escape(parent, "stored elsewhere");
            default:
                return Escape(parent, "used as " + parent.Kind);
        }
    }

    /// <summary>True for operations that change the collection or what the field refers to.</summary>
    public static bool Writes(CollectionOperation operation, string detail) => operation switch
    {
        CollectionOperation.Set or CollectionOperation.ReadModifyWrite or CollectionOperation.Add or CollectionOperation.TryAdd
            or CollectionOperation.Remove
            or CollectionOperation.Clear or CollectionOperation.Replace => true,
        CollectionOperation.Other =>
            detail is not ("CopyTo" or "SetEquals" or "IsSubsetOf" or "IsSupersetOf" or "IsProperSubsetOf" or "IsProperSupersetOf"
                or "Overlaps"
            or "Equals" or "GetHashCode" or "ToString" or "TryGetAlternateLookup" or "GetAlternateLookup" or "IsReadOnly" or "Capacity"),
        _ => false,
    };

    private static CollectionUse Escape(IOperation outer, string how) => new(CollectionOperation.Escape, outer, detail: how);

    private static CollectionUse OfCall(string name, IInvocationOperation call, IOperation? key) => name switch
    {
        "TryGetValue" or "GetValueOrDefault" => new(CollectionOperation.TryGetValue, call, key, name),
        "ContainsKey" or "Contains" => new(CollectionOperation.Contains, call, key, name),
        "Add" => new(CollectionOperation.Add, call, key, name),
        "TryAdd" => new(CollectionOperation.TryAdd, call, key, name),
        "Remove" => new(CollectionOperation.Remove, call, key, name),
        "Clear" => new(CollectionOperation.Clear, call, detail: name),
        "ContainsValue" => new(CollectionOperation.Scan, call, detail: name),
        "GetEnumerator" => Escape(call, "enumerator kept"),
        _ => new(CollectionOperation.Other, call, detail: name),
    };

    private static CollectionUse OfIndexer(IPropertyReferenceOperation indexer)
    {
        IOperation key = indexer.Arguments[0].Value;
        return indexer.Parent switch
        {
            ISimpleAssignmentOperation assignment when assignment.Target == indexer =>
                new(CollectionOperation.Set, assignment, key, "indexer"),
            ICompoundAssignmentOperation or IIncrementOrDecrementOperation or ICoalesceAssignmentOperation
                when indexer.Parent is not IAssignmentOperation assignment || assignment.Target == indexer
                => new(CollectionOperation.ReadModifyWrite, indexer.Parent, key, "indexer"),
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => Escape(indexer, "passed by reference"),
            ITupleOperation { Parent: IDeconstructionAssignmentOperation } =>
                new(CollectionOperation.Other, indexer, key, "deconstruction"),
            _ => new(CollectionOperation.Get, indexer, key, "indexer"),
        };
    }

    /// <summary>The collection itself or a live view of it, handed on: followed to the operation that consumes it.</summary>
    private static CollectionUse Enumerated(IOperation view)
    {
        bool isFiltered = false;
        while (true)
        {
            (IOperation child, IOperation? parent) = OutOfConversions(view);
            switch (parent)
            {
                case IForEachLoopOperation:
                    return new(CollectionOperation.Enumerate, parent, detail: "foreach");
                case { Kind: NewerOperationKinds.Spread }:
                    return new(CollectionOperation.Snapshot, parent, detail: "spread");
                case IPropertyReferenceOperation { Property.Name: "Count" } count when count.Instance == child:
                    return new(CollectionOperation.Count, count, detail: "Count");
                case IInvocationOperation { TargetMethod.Name: "CopyTo" } copy when copy.Instance == child:
                    return new(CollectionOperation.Snapshot, copy, detail: "CopyTo");
                case IInvocationOperation { TargetMethod.Name: "Contains" } contains when contains.Instance == child:
                    return new(CollectionOperation.Scan, contains, detail: "Contains");
                case IArgumentOperation { Parent: IObjectCreationOperation creation }:
                    return creation.Type is { } created && created.ContainingNamespace.IsBelowSystemCollections()
                        && !created.Name.StartsWith("ReadOnly", StringComparison.Ordinal)
                        ? new(CollectionOperation.Snapshot, creation, detail: "new " + created.Name)
                        : Escape(creation, "passed to new " + creation.Type?.Name);
                case IArgumentOperation { Parent: IInvocationOperation call }:
                    if (IsDeferredQuery(call.TargetMethod))
                    {
                        isFiltered = true;
                        view = call;
                        continue;
                    }

                    return OfConsumer(call, isFiltered);
                case IArgumentOperation:
                    return Escape(parent, "passed on");
                case IReturnOperation:
                    return Escape(parent, "live view returned");
                default:
                    return Escape(parent ?? child, "live view kept");
            }
        }
    }

    /// <summary>LINQ operators that only remember their source.</summary>
    private static bool IsDeferredQuery(IMethodSymbol method) =>
        method.ContainingType.Name == "Enumerable" && method.ContainingNamespace is { Name: "Linq" } && !Copiers.Contains(method.Name)
            && !Reducers.Contains(method.Name);

    private static CollectionUse OfConsumer(IInvocationOperation call, bool isFiltered)
    {
        IMethodSymbol method = call.TargetMethod;
        if (!method.ContainingNamespace.IsBelowSystem() || method.ContainingType.IsInSource())
            return Escape(call, "passed to " + method.Name);
        IOperation? key = call.Arguments.Length > 1 ? call.Arguments[1].Value : null;
        if (method.ContainingType.Name == "CollectionExtensions")
            return OfCall(method.Name, call, key);
        if (Copiers.Contains(method.Name))
            return new(CollectionOperation.Snapshot, call, detail: method.Name);
        if (method.ContainingType.Name == "Enumerable")
        {
            bool isWholeCount = !isFiltered && call.Arguments.Length == 1 && method.Name is "Any" or "Count" or "LongCount";
            return new(isWholeCount ? CollectionOperation.Count : CollectionOperation.Scan, call, detail: method.Name);
        }

        return method switch
        {
            {
                Name: "AddRange" or "InsertRange" or "UnionWith" or "ExceptWith" or "IntersectWith" or "SetEquals" or "IsSubsetOf"
                or "Overlaps"
            }
                when method.ContainingNamespace.IsBelowSystemCollections() => new(CollectionOperation.Snapshot, call, detail: method.Name),
            { Name: "CreateRange", ContainingType.Name: "ImmutableArray" or "ImmutableList" or "ImmutableDictionary" or "ImmutableHashSet" }
                => new(CollectionOperation.Snapshot, call, detail: method.Name),
            { Name: "Join" or "Concat", ContainingType.SpecialType: SpecialType.System_String } =>
                new(CollectionOperation.Scan, call, detail: method.Name),
            _ => Escape(call, "passed to " + method.Name),
        };
    }

    private static (IOperation Child, IOperation? Parent) OutOfConversions(IOperation operation)
    {
        IOperation? parent = operation.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation)
        {
            operation = parent;
            parent = parent.Parent;
        }

        return (operation, parent);
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>One use of a candidate collection, with the locks held there.</summary>
internal sealed class CollectionAccess
{
    public CollectionAccess(CollectionUse use, ImmutableArray<LockRegion> held, ObjectPath instance, CallFrame frame, bool inConstruction)
    {
        Operation = use.Outer;
        CollectionOperation = use.Operation;
        Detail = use.Detail;
        Held = held;
        Instance = instance;
        Frame = frame;
        InConstruction = inConstruction;
    }

    /// <summary>The whole operation, as in <see cref="RegionEvent.Operation"/>.</summary>
    public IOperation Operation { get; }

    public CollectionOperation CollectionOperation { get; }

    /// <summary>The member's name, or how the collection escapes.</summary>
    public string Detail { get; }

    /// <summary>The regions the access is in, outermost first.</summary>
    public ImmutableArray<LockRegion> Held { get; }

    /// <summary>The object whose field this is.</summary>
    public ObjectPath Instance { get; }

    public CallFrame Frame { get; }

    /// <summary>True in a constructor or an initialiser: nobody else can see the object yet.</summary>
    public bool InConstruction { get; }

    public bool IsWrite => CollectionUse.Writes(CollectionOperation, Detail);
}

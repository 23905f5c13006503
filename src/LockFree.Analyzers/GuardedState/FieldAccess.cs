using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>One use of a plain field, with the locks held there.</summary>
internal sealed class FieldAccess
{
    public FieldAccess(FieldUse use, IOperation mention, ObjectPath instance, ImmutableArray<LockRegion> held, CallFrame frame)
    {
        Use = use;
        Mention = mention;
        Instance = instance;
        Held = held;
        Frame = frame;
    }

    public FieldUse Use { get; }

    public FieldUseKind Kind => Use.Kind;

    /// <summary>The field reference itself.</summary>
    public IOperation Mention { get; }

    /// <summary>The object whose field this is.</summary>
    public ObjectPath Instance { get; }

    /// <summary>The regions the access is in, outermost first.</summary>
    public ImmutableArray<LockRegion> Held { get; }

    public CallFrame Frame { get; }

    /// <summary>True in a constructor or an initialiser: nobody else can see the object yet.</summary>
    public bool InConstruction { get; init; }

    public bool IsWrite => Kind is FieldUseKind.Write or FieldUseKind.ReadModifyWrite;

    /// <summary>True where the access itself says what it is ordered against.</summary>
    public bool IsAtomic => Kind == FieldUseKind.Atomic;
}

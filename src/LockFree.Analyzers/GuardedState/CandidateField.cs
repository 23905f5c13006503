using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>A field whose every use the analysis can see and that holds a dictionary or set.</summary>
internal sealed class CandidateField
{
    private readonly List<CollectionAccess> _accesses = [];

    public CandidateField(IFieldSymbol field, CollectionKind kind, bool isDeclaredAsInterface)
    {
        Field = field;
        Kind = kind;
        IsDeclaredAsInterface = isDeclaredAsInterface;
    }

    public IFieldSymbol Field { get; }

    public CollectionKind Kind { get; }

    /// <summary>Declared as <c>IDictionary</c> or <c>ISet</c>: what is created decides what it is.</summary>
    public bool IsDeclaredAsInterface { get; }

    public ITypeSymbol KeyType => ((INamedTypeSymbol)Field.Type).TypeArguments[0];

    /// <summary>Null for a set.</summary>
    public ITypeSymbol? ValueType => Field.Type is INamedTypeSymbol { TypeArguments: { Length: 2 } arguments } ? arguments[1] : null;

    /// <summary>Every use, construction included, in the order of the walk. A use in a helper counts once for each way to it.</summary>
    public IReadOnlyList<CollectionAccess> Accesses => _accesses;

    /// <summary>True where the field's name occurs as a string, as reflection and serialisers would use it.</summary>
    public bool IsNamedInString { get; set; }

    /// <summary>A local or parameter that is another name of the collection; null where there is none.</summary>
    public string? OtherName { get; set; }

    /// <summary>True where it is written, or handed to other code, once the object is made.</summary>
    public bool IsChangedOutsideConstruction { get; private set; }

    public void Add(CollectionAccess access)
    {
        _accesses.Add(access);
        IsChangedOutsideConstruction |= !access.InConstruction && (access.IsWrite || access.CollectionOperation == CollectionOperation.Escape);
    }
}

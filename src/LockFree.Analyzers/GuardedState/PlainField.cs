using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// A field whose every use the analysis can see and that is assigned after construction: one reference, flag, number or small value. It
/// may hold a collection too and be a <see cref="CandidateField"/> at the same time: that one is about what is in the collection, this
/// one about which collection it is.
/// </summary>
internal sealed class PlainField
{
    private readonly List<FieldAccess> _accesses = [];

    public PlainField(IFieldSymbol field, ValueWidth width)
    {
        Field = field;
        Width = width;
    }

    public IFieldSymbol Field { get; }

    public ValueWidth Width { get; }

    /// <summary>Every use, construction included, in the order of the walk. A use in a helper counts once for each way to it.</summary>
    public IReadOnlyList<FieldAccess> Accesses => _accesses;

    /// <summary>True where the field's name occurs as a string, as reflection and serialisers would use it.</summary>
    public bool IsNamedInString { get; set; }

    public void Add(FieldAccess access) => _accesses.Add(access);

    /// <summary>Null for a field that its declaration keeps from being assigned, or whose type the analysis leaves alone.</summary>
    public static PlainField? Of(IFieldSymbol field)
    {
        if (field.IsConst || field.IsReadOnly || field.IsImplicitlyDeclared || field.RefKind != RefKind.None)
            return null;
        return ValueWidths.Of(field.Type) is { } width ? new PlainField(field, width) : null;
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// An outermost type with all types nested in it: the code that can see its private members, and so the unit of analysis.
/// </summary>
internal sealed class TypeFamily
{
    private readonly Dictionary<ISymbol, CandidateField> _candidates;
    private readonly ILookup<string, CandidateField> _candidatesByName;
    private readonly Dictionary<ISymbol, PlainField> _plainFields;
    private readonly ILookup<string, PlainField> _plainFieldsByName;
    private readonly HashSet<ISymbol> _types = new(SymbolEqualityComparer.Default);

    public TypeFamily(INamedTypeSymbol outermost)
    {
        Outermost = outermost;
        var types = ImmutableArray.CreateBuilder<INamedTypeSymbol>();
        Collect(outermost, types);
        Types = types.ToImmutable();
        foreach (INamedTypeSymbol type in Types)
            _types.Add(type);

        Candidates = Types.SelectMany(type => type.GetMembers().OfType<IFieldSymbol>()).Select(AsCandidate)
            .OfType<CandidateField>().ToImmutableArray();
        _candidates = Candidates.ToDictionary<CandidateField, ISymbol>(candidate => candidate.Field, SymbolEqualityComparer.Default);
        _candidatesByName = Candidates.ToLookup(candidate => candidate.Field.Name, StringComparer.Ordinal);

        PlainFields = Types.SelectMany(type => type.GetMembers().OfType<IFieldSymbol>())
            .Where(field => IsInstanceOfClassOrStatic(field) && HidesFromOthers(field)).Select(PlainField.Of)
            .OfType<PlainField>().ToImmutableArray();
        _plainFields = PlainFields.ToDictionary<PlainField, ISymbol>(plain => plain.Field, SymbolEqualityComparer.Default);
        _plainFieldsByName = PlainFields.ToLookup(plain => plain.Field.Name, StringComparer.Ordinal);
    }

    public INamedTypeSymbol Outermost { get; }

    /// <summary>The type around a type that no other is around; the type itself where it is not nested.</summary>
    public static INamedTypeSymbol OutermostOf(INamedTypeSymbol type)
    {
        while (type.ContainingType is { } around)
            type = around;
        return type;
    }

    /// <summary>The outermost type first, then the nested ones in the order of their declaration.</summary>
    public ImmutableArray<INamedTypeSymbol> Types { get; }

    public ImmutableArray<CandidateField> Candidates { get; }

    /// <summary>The fields that can be assigned after construction, collections or not.</summary>
    public ImmutableArray<PlainField> PlainFields { get; }

    public bool Contains(INamedTypeSymbol? type) => type is not null && _types.Contains(type.OriginalDefinition);

    public CandidateField? CandidateOf(IFieldSymbol? field) =>
        field is not null && _candidates.TryGetValue(field.OriginalDefinition, out CandidateField? candidate) ? candidate : null;

    public IEnumerable<CandidateField> CandidatesNamed(string name) => _candidatesByName[name];

    public PlainField? PlainFieldOf(IFieldSymbol field) =>
        _plainFields.TryGetValue(field.OriginalDefinition, out PlainField? plain) ? plain : null;

    public IEnumerable<PlainField> PlainFieldsNamed(string name) => _plainFieldsByName[name];

    /// <summary>True where no code outside the family can name the member.</summary>
    public bool HidesFromOthers(ISymbol member)
    {
        switch (member.DeclaredAccessibility)
        {
            case Accessibility.Private:
                return true;
            case Accessibility.Protected or Accessibility.ProtectedAndInternal when member.ContainingType.IsSealed:
                return true;
        }

        if (Outermost.IsFileLocal)
            return true;
        for (INamedTypeSymbol? type = member.ContainingType; type?.ContainingType is not null; type = type.ContainingType)
        {
            if (type.DeclaredAccessibility == Accessibility.Private)
                return true;
        }

        return false;
    }

    private static void Collect(INamedTypeSymbol type, ImmutableArray<INamedTypeSymbol>.Builder types)
    {
        types.Add(type);
        foreach (INamedTypeSymbol nested in type.GetTypeMembers())
            Collect(nested, types);
    }

    private CandidateField? AsCandidate(IFieldSymbol field)
    {
        if (field.IsConst || field.IsImplicitlyDeclared || !IsInstanceOfClassOrStatic(field) || !HidesFromOthers(field))
            return null;
        if (field.Type.OriginalDefinition is not INamedTypeSymbol type || !type.ContainingNamespace.IsSystemCollectionsGeneric())
            return null;
        return type.MetadataName switch
        {
            "Dictionary`2" => new CandidateField(field, CollectionKind.Map, isDeclaredAsInterface: false),
            "SortedDictionary`2" => new CandidateField(field, CollectionKind.SortedMap, isDeclaredAsInterface: false),
            "HashSet`1" => new CandidateField(field, CollectionKind.Set, isDeclaredAsInterface: false),
            "IDictionary`2" => new CandidateField(field, CollectionKind.Map, isDeclaredAsInterface: true),
            "ISet`1" => new CandidateField(field, CollectionKind.Set, isDeclaredAsInterface: true),
            _ => null,
        };
    }

    /// <summary>The fields of a struct travel with its copies, which no analysis of one type can follow.</summary>
    private static bool IsInstanceOfClassOrStatic(IFieldSymbol field) => field.IsStatic || field.ContainingType.TypeKind == TypeKind.Class;
}

using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// Which lock guards which state in one outermost type, its parts and nested types included. Built by
/// <see cref="GuardedStateModelBuilder"/> in one thread, read-only afterwards.
/// </summary>
internal sealed class GuardedStateModel
{
    private static readonly FieldFacts NoFacts = new();
    private readonly List<LockRegion> _regions = [];
    private readonly Dictionary<ObjectPath, LockUses> _uses = [];
    private readonly List<StrayRelease> _strayReleases = [];
    private readonly Dictionary<ISymbol, FieldFacts> _facts = new(SymbolEqualityComparer.Default);

    public GuardedStateModel(TypeFamily family)
    {
        Family = family;
    }

    public TypeFamily Family { get; }

    public INamedTypeSymbol Type => Family.Outermost;

    public IReadOnlyList<CandidateField> Candidates => Family.Candidates;

    public IReadOnlyList<PlainField> PlainFields => Family.PlainFields;

    /// <summary>Every acquisition of every lock, in the order of the walk. A region in a helper counts once for each way to it.</summary>
    public IReadOnlyList<LockRegion> Regions => _regions;

    /// <summary>Releases without an acquisition in the same function.</summary>
    public IReadOnlyList<StrayRelease> StrayReleases => _strayReleases;

    /// <summary>True where the type is too large to walk: nothing may be concluded.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>True where any method, local function or lambda of the type is async.</summary>
    public bool HasAsyncCode { get; set; }

    /// <summary>What is known of a field or auto-property.</summary>
    public FieldFacts FactsOf(ISymbol fieldOrProperty) => _facts.TryGetValue(fieldOrProperty.OriginalDefinition, out FieldFacts? facts)
        ? facts : NoFacts;

    /// <summary>The facts to write into, while the model is built.</summary>
    public FieldFacts Note(ISymbol fieldOrProperty)
    {
        if (!_facts.TryGetValue(fieldOrProperty.OriginalDefinition, out FieldFacts? facts))
            _facts.Add(fieldOrProperty.OriginalDefinition, facts = new FieldFacts());
        return facts;
    }

    /// <summary>All that happens under one lock; empty for a path that is never locked.</summary>
    public LockUses UsesOf(ObjectPath path) => _uses.TryGetValue(path, out LockUses? uses) ? uses : LockUses.None;

    public void Add(LockRegion region) => _regions.Add(region);

    /// <summary>Sums up the regions by lock, once the last one is known.</summary>
    public void Complete()
    {
        foreach (IGrouping<ObjectPath, LockRegion> regions in _regions.GroupBy(region => region.Lock))
            _uses[regions.Key] = new LockUses(regions);
    }

    public void Add(StrayRelease release) => _strayReleases.Add(release);
}

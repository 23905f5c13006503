using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>What happens in all regions of one lock together: summed up once, as every field under the lock asks.</summary>
internal sealed class LockUses
{
    private readonly HashSet<ISymbol> _writtenMembers = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<RegionEvent>> _writesByType = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _writtenTypes = new(SymbolEqualityComparer.Default);

    public LockUses(IEnumerable<LockRegion> regions)
    {
        Regions = regions.ToArray();
        RegionsAcrossAwait = Regions.Where(region => region.IsHeldAcrossAwait).ToArray();
        HasSemaphore = Regions.Any(region => region.Primitive == LockPrimitive.SemaphoreSlim);
        foreach (RegionEvent happening in Regions.SelectMany(region => region.Events))
        {
            if (happening is { IsWrite: true, Symbol.ContainingType: { } owner })
                NoteWrite(owner, happening);
            switch (happening.Kind)
            {
                case RegionEventKind.OtherField when happening.IsWrite:
                    _writtenMembers.Add(happening.Symbol!);
                    break;
                case RegionEventKind.ForeignWrite
                    or RegionEventKind.ValueUse when happening is { IsWrite: true, Symbol.ContainingType: { } type }:
                    _writtenTypes.Add(type);
                    break;
                case RegionEventKind.WaitPulse:
                    HasWaitOrPulse = true;
                    break;
            }
        }
    }

    public static LockUses None { get; } = new([]);

    public IReadOnlyList<LockRegion> Regions { get; }

    /// <summary>The regions in which something is awaited.</summary>
    public IReadOnlyList<LockRegion> RegionsAcrossAwait { get; }

    /// <summary>True where the lock is a semaphore.</summary>
    public bool HasSemaphore { get; }

    /// <summary>Threads wait for each other on the lock: it tells them more than that they may go on.</summary>
    public bool HasWaitOrPulse { get; }

    /// <summary>True where a field or property of the type is written under the lock.</summary>
    public bool Writes(ISymbol member) => _writtenMembers.Contains(member);

    /// <summary>True where a member of any object of the type is written under the lock.</summary>
    public bool WritesObjectsOf(ITypeSymbol? type) => type is not null && _writtenTypes.Contains(type);

    /// <summary>Everything under the lock that writes a member of the type, whichever object's.</summary>
    public IReadOnlyList<RegionEvent> WritesOfMembersOf(ITypeSymbol type) =>
        _writesByType.TryGetValue(type, out List<RegionEvent>? writes) ? writes : [];

    private void NoteWrite(INamedTypeSymbol owner, RegionEvent happening)
    {
        if (!_writesByType.TryGetValue(owner, out List<RegionEvent>? writes))
            _writesByType.Add(owner, writes = []);
        writes.Add(happening);
    }
}

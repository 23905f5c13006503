using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>All regions of one lock, and what each lock statement does: read once, as every field under the lock asks.</summary>
internal sealed class CellsOfLock
{
    private readonly Dictionary<IOperation, CellRegion?> _cells = [];
    private readonly ILookup<ISymbol, CellRegion> _byField;
    private readonly CellRegion? _first;
    private readonly CellRegion? _firstOfOtherField;

    public CellsOfLock(IEnumerable<LockRegion> regions)
    {
        var found = new List<CellRegion>();
        foreach (LockRegion region in regions)
        {
            IsIrregular |= region.IsIrregular;
            HasWaitOrPulse |= region.Events.Any(happening => happening.Kind == RegionEventKind.WaitPulse);
            if (_cells.ContainsKey(region.Acquire))
                continue;
            CellRegion? cell = region.Acquire is ILockOperation statement ? CellRegions.Of(statement) : null;
            _cells.Add(region.Acquire, cell);
            if (cell is null)
                HasOtherRegions = true;
            else
                found.Add(cell);
        }

        _byField = found.ToLookup<CellRegion, ISymbol>(cell => cell.Field, SymbolEqualityComparer.Default);
        _first = found.FirstOrDefault();
        _firstOfOtherField = found.FirstOrDefault(cell => !SymbolEqualityComparer.Default.Equals(cell.Field, _first!.Field));
    }

    /// <summary>The analysis lost track of one of the regions.</summary>
    public bool IsIrregular { get; }

    /// <summary>Threads wait for each other with the lock.</summary>
    public bool HasWaitOrPulse { get; }

    /// <summary>Some region does more than one thing to one field, or is no lock statement.</summary>
    public bool HasOtherRegions { get; }

    /// <summary>The lock statements that do one thing to the field, in the order of the walk.</summary>
    public IEnumerable<CellRegion> Of(IFieldSymbol field) => _byField[field];

    /// <summary>The first lock statement that does one thing to another field; null where there is none.</summary>
    public CellRegion? FirstOfOtherThan(IFieldSymbol field) =>
        _first is null || !SymbolEqualityComparer.Default.Equals(_first.Field, field) ? _first : _firstOfOtherField;

    /// <summary>True for a lock statement of this lock that does one thing to the field.</summary>
    public bool IsCellOf(LockRegion region, IFieldSymbol field) => _cells.TryGetValue(region.Acquire, out CellRegion? cell)
        && cell is not null && SymbolEqualityComparer.Default.Equals(cell.Field, field);
}

using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>LF2001's finding about one field.</summary>
/// <param name="Field">The field and all its uses.</param>
/// <param name="Lock">The lock, seen from the object the field belongs to.</param>
/// <param name="Regions">Every lock statement that uses the field.</param>
/// <param name="Reason">Why a person must decide; empty where every region is one operation and the lock guards nothing else.</param>
internal sealed record CellVerdict(PlainField Field, ObjectPath Lock, ImmutableArray<CellRegion> Regions, string Reason)
{
    /// <summary>True where somebody reads it again and again without the lock.</summary>
    public bool IsReread { get; init; }

    public bool IsExact => Reason.Length == 0;

    public bool Has(CellShape shape) => Regions.Any(region => region.Shape == shape);
}

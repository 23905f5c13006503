using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>
/// What LF2001 and LF2005 say of a type's plain fields: of one that needs no lock it is not said that it lacks <c>volatile</c>.
/// </summary>
internal static class PlainFieldFindings
{
    public static IEnumerable<Diagnostic> Of(GuardedStateModel model, bool hasSwapCell)
    {
        var publications = new List<PublicationVerdict>();
        foreach (PlainField plain in model.PlainFields)
        {
            if (CellUnderLock.Judge(model, plain) is { } cell)
                yield return CellUnderLock.Report(cell, hasSwapCell);
            else if (PlainPublication.Judge(model, plain) is { } publication)
                publications.Add(publication);
        }

        foreach (PublicationVerdict publication in publications.Where(publication => !IsSaidBy(publication, publications)))
            yield return PlainPublication.Report(publication);
    }

    /// <summary>Of a snapshot that is read in parts one field is named; of a field that is stored too late it is said where it ought to be early.</summary>
    private static bool IsSaidBy(PublicationVerdict publication, List<PublicationVerdict> all) => publication.Hazard switch
    {
        PublicationHazard.MixedSnapshot => all.Any(other => other.Hazard == PublicationHazard.MixedSnapshot
            && SymbolEqualityComparer.Default.Equals(other.Read.Frame.Function, publication.Read.Frame.Function)
            && all.IndexOf(other) < all.IndexOf(publication)),
        PublicationHazard.CopyOnWriteReference or PublicationHazard.DoubleCheckedReference => all.Any(other =>
            other.Hazard == PublicationHazard.StoredBeforeCompanion && other.Found.Companion == publication.Field),
        _ => false,
    };
}

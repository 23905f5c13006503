using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>
/// What LF2001 and LF2005 say of a plain field, or why they say nothing: of one that needs no lock it is not said that it lacks <c>volatile</c>.
/// </summary>
/// <param name="Field">The field.</param>
/// <param name="Cell">LF2001's judgement.</param>
/// <param name="Publication">LF2005's.</param>
internal sealed record PlainFieldJudgement(PlainField Field, Judgement<CellVerdict> Cell, Judgement<PublicationVerdict> Publication)
{
    /// <summary>The judgement of one field, whatever is said of its neighbours.</summary>
    public static PlainFieldJudgement Of(GuardedStateModel model, PlainField plain)
    {
        Judgement<CellVerdict> cell = CellUnderLock.Judge(model, plain);
        return new PlainFieldJudgement(
            plain, cell, cell.Verdict is null ? PlainPublication.Judge(model, plain) : $"{CellUnderLock.Id} says that it needs no lock");
    }

    /// <summary>The judgement of all fields; what is wrong with several together is said once.</summary>
    public static ImmutableArray<PlainFieldJudgement> OfAll(GuardedStateModel model)
    {
        PlainFieldJudgement[] judged = model.PlainFields.Select(plain => Of(model, plain)).ToArray();
        List<PublicationVerdict> publications = judged.Select(judgement => judgement.Publication.Verdict).OfType<PublicationVerdict>().ToList();
        return judged
            .Select(judgement => judgement.Publication.Verdict is { } publication && IsSaidBy(publication, publications)
                ? judgement with { Publication = "it is said of another field, which is stored or read with it" } : judgement)
            .ToImmutableArray();
    }

    /// <summary>The one diagnostic, if any.</summary>
    public Diagnostic? Report(bool hasSwapCell) =>
        Cell.Verdict is { } cell ? CellUnderLock.Report(cell, hasSwapCell)
        : Publication.Verdict is { } publication ? PlainPublication.Report(publication)
        : null;

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

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
    public static PlainFieldJudgement Of(FieldSurvey survey, PlainField plain)
    {
        Judgement<CellVerdict> cell = CellUnderLock.Judge(survey, plain);
        return new PlainFieldJudgement(
            plain, cell, cell.Verdict is null ? PlainPublication.Judge(survey, plain) : $"{CellUnderLock.Id} says that it needs no lock");
    }

    /// <summary>The judgement of all fields; what is wrong with several together is said once.</summary>
    public static ImmutableArray<PlainFieldJudgement> OfAll(GuardedStateModel model)
    {
        var survey = new FieldSurvey(model);
        PlainFieldJudgement[] judged = model.PlainFields.Select(plain => Of(survey, plain)).ToArray();
        var snapshots = new HashSet<ISymbol?>(SymbolEqualityComparer.Default); // the functions of which one was named already
        var late = new HashSet<PlainField?>(judged.Select(judgement => judgement.Publication.Verdict)
            .Where(verdict => verdict?.Hazard == PublicationHazard.StoredBeforeCompanion).Select(verdict => verdict!.Found.Companion));
        return judged
            .Select(judgement => judgement.Publication.Verdict is { } publication && IsSaidBefore(publication)
                ? judgement with { Publication = "it is said of another field, which is stored or read with it" } : judgement)
            .ToImmutableArray();

        // of a snapshot that is read in parts one field is named; of a field that is stored too late it is said where it ought to be early
        bool IsSaidBefore(PublicationVerdict publication) => publication.Hazard switch
        {
            PublicationHazard.MixedSnapshot => !snapshots.Add(publication.Read.Frame.Function),
            PublicationHazard.CopyOnWriteReference or PublicationHazard.DoubleCheckedReference => late.Contains(publication.Field),
            _ => false,
        };
    }

    /// <summary>The one diagnostic, if any.</summary>
    public Diagnostic? Report(bool hasSwapCell) =>
        Cell.Verdict is { } cell ? CellUnderLock.Report(cell, hasSwapCell)
        : Publication.Verdict is { } publication ? PlainPublication.Report(publication)
        : null;
}

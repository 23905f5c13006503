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
        foreach (PlainField plain in model.PlainFields)
        {
            if (CellUnderLock.Judge(model, plain) is { } cell)
                yield return CellUnderLock.Report(cell, hasSwapCell);
            else if (PlainPublication.Judge(model, plain) is { } publication)
                yield return PlainPublication.Report(publication);
        }
    }
}

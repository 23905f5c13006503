using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>LF2004 on cells: what is stored was computed from what was loaded.</summary>
internal static class LostCellUpdate
{
    /// <summary>How many locals the loaded value may pass on its way.</summary>
    private const int MostSteps = 4;

    public static IEnumerable<Diagnostic> Findings(IOperation body, ISymbol owner, CellTypes cells)
    {
        foreach (IInvocationOperation store in body.DescendantsAndSelf().OfType<IInvocationOperation>())
        {
            if (!cells.IsCall(store, "Store") && !cells.IsCall(store, "Exchange")
                || store.Instance is not { } cell || store.Arguments is not [{ Value: var value }])
                continue;
            if (IsComputedFromLoad(value, cell, store, cells) && !CellSharing.IsOnlyOurs(cell, store, owner) && !LoadedLocal.MayHoldLock(store))
                yield return Report(store, value);
        }
    }

    /// <summary>True where the value is made from a load of the cell, and not the loaded value itself: that is put back, not changed.</summary>
    public static bool IsComputedFromLoad(IOperation value, IOperation cell, IOperation store, CellTypes cells)
    {
        IOperation stored = OperationEquality.WithoutConversions(value)!;
        bool isLoadItself = IsLoadOf(stored, cell, cells);
        if (stored is not ILocalReferenceOperation whole)
            return !isLoadItself && Contains(stored, cell, store, cells, MostSteps);
        return LoadedLocal.ValuesOf(whole.Local, store).Any(given =>
            !IsLoadOf(given, cell, cells) && Contains(given, cell, store, cells, MostSteps - 1));
    }

    private static bool Contains(IOperation value, IOperation cell, IOperation store, CellTypes cells, int steps) =>
        value.DescendantsAndSelf().Any(part => IsLoadOf(part, cell, cells)
            || steps > 0 && part is ILocalReferenceOperation { Local: var local }
                && LoadedLocal.ValuesOf(local, store).Any(given => Contains(given, cell, given, cells, steps - 1)));

    private static bool IsLoadOf(IOperation expression, IOperation cell, CellTypes cells) =>
        cells.LoadedBy(expression) is { } loaded && OperationEquality.SameValue(loaded, cell);

    private static Diagnostic Report(IInvocationOperation store, IOperation value) => Diagnostic.Create(
        LostUpdate.Rule, store.Syntax.GetLocation(), LostUpdate.Fixable, store.Instance!.Syntax.ToString(), "and others may store meanwhile",
        value.DescendantsAndSelf().Any(part => part is IAwaitOperation) ? "use UpdateOnceAsync" : "use Update");
}

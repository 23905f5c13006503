using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>The words of LF2001's message.</summary>
internal static class CellAdvice
{
    /// <summary>What is done to the field: "loaded and stored".</summary>
    public static string Uses(CellVerdict verdict)
    {
        string[] uses = verdict.Regions.Select(cell => cell.Shape).Distinct().OrderBy(shape => shape).Select(shape => shape switch
        {
            CellShape.Load => "loaded",
            CellShape.Store => "stored",
            CellShape.Exchange => "exchanged",
            CellShape.Gate => "set once",
            CellShape.Count => "counted",
            CellShape.Create => "created",
            _ => "disposed of",
        }).ToArray();
        return uses.Length == 1 ? uses[0] : string.Join(", ", uses, 0, uses.Length - 1) + " and " + uses[uses.Length - 1];
    }

    /// <summary>What to do instead of locking.</summary>
    public static string Replacement(CellVerdict verdict, bool hasSwapCell)
    {
        ITypeSymbol type = verdict.Field.Field.Type;
        if (verdict.Has(CellShape.Gate))
            return "let Interlocked.Exchange set it and remove the lock";
        if (verdict.Has(CellShape.Count))
            return "let Interlocked count and remove the lock";
        if (verdict.Field.Field.IsVolatile && !verdict.Has(CellShape.Exchange))
            return "it is volatile already, so remove the lock";
        if (type.IsReferenceType && hasSwapCell)
            return "make it a SwapCell and remove the lock";
        if (verdict.Has(CellShape.Exchange))
            return "let Interlocked.Exchange take it and remove the lock";
        return verdict.Field.Width == ValueWidth.Word ? "make it volatile and remove the lock"
            : "read and write it through Volatile and remove the lock";
    }
}

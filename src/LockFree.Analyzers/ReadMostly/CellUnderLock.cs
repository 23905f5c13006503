using System.Collections.Immutable;
using LockFree.Analyzers.AsyncLocks;
using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.HotCollections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>LF2001: one reference, flag or number under a lock, where every region does one thing to it that needs no lock.</summary>
internal static class CellUnderLock
{
    public const string Id = "LF2001";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A single value is guarded by a lock",
        "'{0}' is {1} under the lock '{2}', {3}: {4}",
        RuleCategory.ReadMostly,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Every region of the lock loads, stores, exchanges or counts this one field: the processor does that in one "
            + "instruction, and readers need not wait for each other.",
        helpLinkUri: HelpLink.For(Id));

    public static Judgement<CellVerdict> Judge(FieldSurvey survey, PlainField plain)
    {
        FieldAccess[] live = plain.Accesses.Where(access => !access.InConstruction).ToArray();
        if (plain.Width == ValueWidth.Wide)
            return "it is wider than what is read and written in one piece";
        if (!live.Any(access => !access.Held.IsEmpty))
            return "no lock is held where it is used";
        if (FieldSuspicion.UnseenUseOf(plain) is { } unseen)
            return unseen;
        if (plain.Accesses.Any(access => access.IsAtomic))
            return "it is used atomically already";
        if (GuardOf(live) is not { LastMember: { } lockField } guard)
            return "it is written without a lock, or not always used under the same one";
        if (IsDoubtful(survey.Model, guard))
            return "the lock object changes, or code that is not looked at can lock it as well";

        CellsOfLock cells = survey.CellsOf(lockField);
        if (cells.IsIrregular)
            return "the lock is not released where it was taken";
        if (cells.HasWaitOrPulse)
            return "threads wait for each other with the lock";
        if (!live.All(access => access.Held.IsEmpty || access.Held.Any(region => cells.IsCellOf(region, plain.Field))))
            return "a region does more with it than load, store, exchange or count it, or is no lock statement";

        ImmutableArray<CellRegion> own = cells.Of(plain.Field).ToImmutableArray();
        string reason = ReasonForDecision(own, cells, plain);
        IMethodSymbol? rereader = reason.Length == 0 ? null : RereaderOf(live);
        var verdict = new CellVerdict(plain, guard, own, rereader is null ? reason
            : $"{LockSite.NameOf(rereader)} reads it more than once without the lock and may find two values; a local and volatile there matter more than the lock")
        {
            IsReread = rereader is not null,
        };
        if (verdict.Has(CellShape.Create) && live.Any(access => access.Held.IsEmpty))
            return "it is made under the lock by whoever finds it missing without it";
        if (!IsReadAndWritten(verdict, live))
            return "it is only written or only read under the lock";
        return AreSupported(verdict) ? verdict : "a value of its type cannot be exchanged in one operation";
    }

    /// <summary>The diagnostic at the field's declarator.</summary>
    public static Diagnostic Report(CellVerdict verdict, bool hasSwapCell) => Diagnostic.Create(
        Rule,
        verdict.Field.Field.Locations[0],
        verdict.IsExact ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
        additionalLocations: null,
        properties: null,
        verdict.Field.Field.Name,
        (verdict.IsReread ? "" : "only ever ") + CellAdvice.Uses(verdict),
        verdict.Lock.ToString(),
        verdict.IsExact ? "which guards nothing else" : "but decide first",
        verdict.IsExact ? CellAdvice.Replacement(verdict, hasSwapCell) : verdict.Reason);

    /// <summary>The one lock that every write and every guarded read holds; a read that holds none takes what it gets, as before.</summary>
    private static ObjectPath? GuardOf(FieldAccess[] live)
    {
        if (live.Any(access => access.Held.IsEmpty && access.Kind != FieldUseKind.Read))
            return null;
        return FieldSuspicion.CommonGuardOf(live.Where(access => !access.Held.IsEmpty));
    }

    /// <summary>A function that takes no lock and looks more than once.</summary>
    private static IMethodSymbol? RereaderOf(FieldAccess[] live) => live.Where(access => access.Held.IsEmpty && access.Kind == FieldUseKind.Read)
        .GroupBy(access => access.Frame).FirstOrDefault(reads => reads.Count() > 1)?.Key.Function;

    /// <summary>True where the lock object changes, or code that is not looked at can lock it as well.</summary>
    private static bool IsDoubtful(GuardedStateModel model, ObjectPath guard) =>
        guard.Members.Any(member => model.FactsOf(member).IsAssignedOutsideConstruction)
        || LockDoubts.ReasonForDecision(model, guard) is not null;

    private static string ReasonForDecision(ImmutableArray<CellRegion> own, CellsOfLock cells, PlainField plain)
    {
        if (own.Any(cell => cell.Shape == CellShape.Create))
            return "the value is made under the lock, once; Lazy, AsyncOnce or a double check with a volatile field do the same";
        if (own.Any(cell => cell.Shape == CellShape.Dispose))
            return "the value is disposed of under the lock, which may keep its users out meanwhile";
        if (own.Any(cell => cell.Change is ISimpleAssignmentOperation { Value: var value } && MadeByCode.In(value)))
            return "the lock also keeps the making of one value and its store before the next: without it an older value may replace a newer one";
        if (cells.FirstOfOtherThan(plain.Field) is { } other)
            return $"the lock guards '{other.Field.Name}' too, though never together with it";
        return cells.HasOtherRegions ? "the lock has other regions, which do not use it" : "";
    }

    private static bool IsReadAndWritten(CellVerdict verdict, FieldAccess[] live)
    {
        bool isWritten = verdict.Regions.Any(cell => cell.Shape is not (CellShape.Load or CellShape.Dispose));
        bool isReadUnderLock = verdict.Regions.Any(cell => cell.Shape is not (CellShape.Store or CellShape.Count));
        bool isCountRead = verdict.Has(CellShape.Count) && live.Any(access => access.Kind == FieldUseKind.Read);
        return isWritten && (isReadUnderLock || isCountRead || verdict.Regions.Any(ReturnsCount));
    }

    /// <summary>True where the new value of a counter is used: it is not a statement of its own.</summary>
    private static bool ReturnsCount(CellRegion cell) =>
        cell.Shape == CellShape.Count && cell.Change!.Parent is not IExpressionStatementOperation;

    /// <summary>What is done is something that <c>volatile</c>, <c>Volatile</c> or <c>Interlocked</c> can do to the type.</summary>
    private static bool AreSupported(CellVerdict verdict)
    {
        if (!verdict.Has(CellShape.Exchange))
            return true;
        ITypeSymbol type = verdict.Field.Field.Type;
        return type.IsReferenceType || type.SpecialType is SpecialType.System_Boolean or SpecialType.System_Int32
            or SpecialType.System_Int64 or SpecialType.System_Single or SpecialType.System_Double;
    }
}

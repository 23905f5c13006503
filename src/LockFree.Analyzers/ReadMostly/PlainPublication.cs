using System.Collections.Immutable;
using LockFree.Analyzers.AsyncLocks;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>LF2005: a field is written under a lock and read without it, and nothing orders the read.</summary>
internal static class PlainPublication
{
    public const string Id = "LF2005";

    /// <summary>The key of <see cref="Diagnostic.Properties"/> that names the <see cref="PublicationHazard"/>.</summary>
    public const string HazardProperty = "Hazard";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A value is published through a field that is not volatile",
        "'{0}' is written under the lock '{1}' and read without it in {2}: {3}",
        RuleCategory.ReadMostly,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A lock orders only those who take it. Whoever reads without it needs an acquire read, by a volatile field or "
            + "Volatile.Read, to see what the writer did before; reads it once and keeps the value; and cannot read in one piece "
            + "what is wider than the machine's word.",
        helpLinkUri: HelpLink.For(Id));

    public static Judgement<PublicationVerdict> Judge(FieldSurvey survey, PlainField plain)
    {
        FieldAccess[] live = plain.Accesses.Where(access => !access.InConstruction).ToArray();
        FieldAccess[] reads = live.Where(access => access.Kind == FieldUseKind.Read && access.Held.IsEmpty).ToArray();
        FieldAccess[] writes = live.Where(access => access.IsWrite).ToArray();
        if (reads.Length == 0)
            return "nobody reads it without a lock";
        if (writes.Length == 0)
            return "nobody writes it once the object is made";
        if (plain.Field.IsVolatile)
            return "it is volatile";
        if (plain.Accesses.Any(access => access.IsAtomic))
            return "it is used atomically already";
        if (FieldSuspicion.UnseenUseOf(plain) is { } unseen)
            return unseen;
        if (FieldSuspicion.CommonGuardOf(writes) is not { } guard)
            return "there is no lock that every write holds";

        var readers = new HarmlessReaders(survey, plain, writes);
        reads = reads.Where(read => !readers.Contain(read)).ToArray();
        return reads.Length > 0 && PublicationHazards.Of(survey, plain, guard, live, reads, writes) is { } found
            ? new PublicationVerdict(plain, guard, found) : "no reader is seen who could go wrong, or who publishes by it";
    }

    /// <summary>The diagnostic at the field's declarator; its additional location is the read.</summary>
    public static Diagnostic Report(PublicationVerdict verdict) => Diagnostic.Create(
        Rule,
        verdict.Field.Field.Locations[0],
        verdict.IsHarmful ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
        [verdict.Read.Mention.Syntax.GetLocation()],
        ImmutableDictionary<string, string?>.Empty.Add(HazardProperty, verdict.Hazard.ToString()),
        verdict.Field.Field.Name,
        verdict.Lock.ToString(),
        LockSite.NameOf(verdict.Read.Frame.Function),
        Consequence(verdict));

    private static string Consequence(PublicationVerdict verdict) => verdict.Hazard switch
    {
        PublicationHazard.MixedSnapshot => "it is read there with other fields of the lock, which may be changed in between, so that together "
            + "they were never true; read them under the lock",
        PublicationHazard.LockIsReplaced =>
            "the lock is the very object that is replaced, so two writers may hold two locks, and one change is lost; lock an object that stays",
        PublicationHazard.FilledAfterStore =>
            "it is stored before it is filled, and the reader may get it half filled; fill it first, and store it then",
        PublicationHazard.StoredBeforeCompanion => $"it is stored before '{verdict.Found.Companion!.Field.Name}', which is read without the lock "
            + "too: whoever passes the first look may find that one unset; store it last, volatile",
        PublicationHazard.CompanionBehindReference => $"'{verdict.Found.Companion!.Field.Name}' is stored before it and read without the lock too, "
            + "and .NET orders only what the object itself holds; make it volatile",
        PublicationHazard.ReadBehindFlag => $"whoever sees the flag '{verdict.Found.Companion!.Field.Name}' need not see it yet; make "
            + $"'{verdict.Found.Companion.Field.Name}' volatile",
        PublicationHazard.TornValue => "it is wider than what is read in one piece, so the reader may see half of the old value and half "
            + "of the new one; read it under the lock, or put it into an object that is replaced",
        PublicationHazard.FlagBeforeState =>
            "whoever sees the flag need not see yet what was made ready before it was set; make it volatile",
        PublicationHazard.HoistedRead => "the loop may look at it only once and wait for ever; make it volatile",
        PublicationHazard.TwoVersions => "it is read twice, and in between it may be replaced; read it once into a local",
        PublicationHazard.TornIn32Bits => "a 32-bit process may see half of the old value and half of the new one; "
            + (CanBeReadVolatile(verdict.Field.Field.Type) ? "use Volatile.Read" : "read it under the lock"),
        PublicationHazard.DoubleCheckedReference =>
            ".NET publishes the object safely, ECMA-335 does not; volatile says that the double check is meant",
        _ => ".NET publishes the object safely, ECMA-335 does not; volatile says that reading without the lock is meant",
    };

    /// <summary>Of the values of 64 bits, <c>Volatile.Read</c> takes these alone.</summary>
    private static bool CanBeReadVolatile(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double;
}

using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;

namespace LockFree.Analyzers.HotCollections;

/// <summary>LF1001's judgement of one field.</summary>
/// <param name="Candidate">The field and all its uses.</param>
/// <param name="Outcome">What is said.</param>
/// <param name="Reason">Why nothing is said, or why a person must decide; empty for <see cref="VerdictOutcome.Exact"/>.</param>
/// <param name="Lock">The lock, seen from the object the field belongs to; null where no single one was found.</param>
/// <param name="Regions">Every region of the lock that uses the field; empty where nothing is said.</param>
internal sealed record DictionaryVerdict(
    CandidateField Candidate, VerdictOutcome Outcome, string Reason, ObjectPath? Lock, ImmutableArray<JudgedRegion> Regions)
{
    /// <summary>True where the lock has regions that do not use the field: it is needed still when the field can do without.</summary>
    public bool IsLockShared { get; init; }

    /// <summary>True where a region takes a copy of all entries, which shows them as they were at one moment.</summary>
    public bool CopiesTheWhole => Regions.Any(judged => judged.Paths.Any(path => path.Shape is PathShape.Snapshot or PathShape.CopyLoop));

    /// <summary>The type that the code fix makes of it; null where none was tried.</summary>
    public string? Replacement { get; init; }
}

using System.Collections.Immutable;
using LockFree.Analyzers.AsyncLocks;
using LockFree.Analyzers.HotCollections;
using LockFree.Analyzers.ReadMostly;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>What every rule says over one model: the analyzer reports it, <c>lockfree explain-type</c> tells why.</summary>
internal sealed class GuardedStateVerdicts
{
    private GuardedStateVerdicts(
        ImmutableArray<DictionaryVerdict> collections, ImmutableArray<PlainFieldJudgement> plainFields, ImmutableArray<Diagnostic> findings)
    {
        Collections = collections;
        PlainFields = plainFields;
        Findings = findings;
    }

    /// <summary>LF1001's judgement of every candidate, silence included.</summary>
    public ImmutableArray<DictionaryVerdict> Collections { get; }

    /// <summary>LF2001's and LF2005's judgement of every candidate, silence included.</summary>
    public ImmutableArray<PlainFieldJudgement> PlainFields { get; }

    /// <summary>All that is reported, rule by rule.</summary>
    public ImmutableArray<Diagnostic> Findings { get; }

    /// <summary>Judges a complete model; of an incomplete one nothing is said.</summary>
    public static GuardedStateVerdicts Of(GuardedStateModel model, ReplacementNames names, PromisedFix fix)
    {
        if (model.IsIncomplete)
            return new GuardedStateVerdicts(
                ImmutableArray<DictionaryVerdict>.Empty, ImmutableArray<PlainFieldJudgement>.Empty, ImmutableArray<Diagnostic>.Empty);
        ImmutableArray<DictionaryVerdict> collections =
            model.Candidates.Select(candidate => fix.Hold(DictionaryUnderLock.Judge(model, candidate, names), model)).ToImmutableArray();
        ImmutableArray<PlainFieldJudgement> plainFields = PlainFieldJudgement.OfAll(model);
        Diagnostic[] heldAcrossAwait = LockHeldAcrossAwait.Findings(model).ToArray();
        var graver = new HashSet<Location>(heldAcrossAwait.Select(finding => finding.Location));
        ImmutableArray<Diagnostic> findings = collections
            .Select(verdict => DictionaryUnderLock.Report(verdict, names.For(verdict.Candidate.Kind))).OfType<Diagnostic>()
            .Concat(ReaderWriterLockInAsyncCode.Findings(model, collections, names)
                .Where(finding => !graver.Contains(finding.Location)))
            .Concat(heldAcrossAwait)
            .Concat(BlockingUnderLock.Findings(model))
            .Concat(LostFieldUpdate.Findings(model))
            .Concat(plainFields.Select(judgement => judgement.Report(names.HasRuntime)).OfType<Diagnostic>())
            .ToImmutableArray();
        return new GuardedStateVerdicts(collections, plainFields, findings);
    }
}

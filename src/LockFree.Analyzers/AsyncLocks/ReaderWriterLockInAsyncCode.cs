using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.HotCollections;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.AsyncLocks;

/// <summary>LF3001: a reader-writer lock, which belongs to a thread, is entered in async code.</summary>
internal static class ReaderWriterLockInAsyncCode
{
    public const string Id = "LF3001";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A reader-writer lock is used in async code",
        "The {0} '{1}' is entered in {2}, {3}: {4}",
        RuleCategory.AsyncLocks,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A reader-writer lock blocks threads and belongs to the one that entered it, "
            + "while async code should not block and changes threads at every await.",
        helpLinkUri: HelpLink.For(Id));

    /// <summary>
    /// A warning for every place in an async function where such a lock is entered; one piece of information for a lock that is entered
    /// in synchronous functions only, of a type that has async ones.
    /// </summary>
    public static IEnumerable<Diagnostic> Findings(GuardedStateModel model, IReadOnlyCollection<DictionaryVerdict> verdicts,
        ReplacementNames names)
    {
        LockRegion[] regions = model.Regions
            .Where(region => region.Primitive is LockPrimitive.ReaderWriterLockSlim or LockPrimitive.ReaderWriterLock).ToArray();
        var reported = new HashSet<SyntaxNode>();
        var reportedLocks = new HashSet<ObjectPath>();
        Dictionary<ObjectPath, DictionaryVerdict> guarded = regions.Length == 0 ? [] : GuardedBy(verdicts);
        foreach (LockRegion region in regions.Where(region => region.Frame.IsAsync))
        {
            reportedLocks.Add(region.Lock);
            if (reported.Add(region.Acquire.Syntax))
                yield return Report(region, DiagnosticSeverity.Warning, "which is async", AdviceFor(region, guarded, names));
        }

        foreach (LockRegion region in model.HasAsyncCode ? regions : [])
        {
            if (reportedLocks.Add(region.Lock))
                yield return Report(region, DiagnosticSeverity.Info, "whose type has async code", AdviceFor(region, guarded, names));
        }
    }

    /// <summary>The first collection that each lock guards, of those that something is said of.</summary>
    private static Dictionary<ObjectPath, DictionaryVerdict> GuardedBy(IEnumerable<DictionaryVerdict> verdicts)
    {
        var guarded = new Dictionary<ObjectPath, DictionaryVerdict>();
        foreach (DictionaryVerdict verdict in verdicts.Where(verdict => verdict.Outcome != VerdictOutcome.Silent))
        {
            foreach (JudgedRegion judged in verdict.Regions)
            {
                if (!guarded.ContainsKey(judged.Region.Lock))
                    guarded.Add(judged.Region.Lock, verdict);
            }
        }

        return guarded;
    }

    private static string AdviceFor(LockRegion region, Dictionary<ObjectPath, DictionaryVerdict> guarded, ReplacementNames names) =>
        guarded.TryGetValue(region.Lock, out DictionaryVerdict? verdict)
            ? $"make '{verdict.Candidate.Field.Name}', all that it guards, a {verdict.Replacement ?? names.For(verdict.Candidate.Kind)}"
            : "use a SemaphoreSlim and await WaitAsync, or publish what it guards through one reference that is swapped";

    private static Diagnostic Report(LockRegion region, DiagnosticSeverity severity, string circumstance, string advice) =>
        Diagnostic.Create(
        Rule, LockSite.Of(region), severity, additionalLocations: null, properties: null,
        region.Primitive.ToString(), LockSite.NameOf(region), LockSite.FunctionOf(region), circumstance, advice);
}

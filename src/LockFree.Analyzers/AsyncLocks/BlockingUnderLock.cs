using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.HotCollections;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.AsyncLocks;

/// <summary>LF3003: a thread that holds a lock blocks until a task has ended.</summary>
internal static class BlockingUnderLock
{
    public const string Id = "LF3003";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A thread that holds a lock waits for a task",
        "'{0}' blocks until the task has ended while the lock '{1}', taken in {2}, is held: everyone who needs the lock waits for the task too, "
            + "for ever if the task needs it itself",
        RuleCategory.AsyncLocks,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Result, Wait, GetAwaiter().GetResult(), WaitAll and WaitAny keep the thread, and with it the lock, until the task has ended. "
            + "If the task needs the lock on its way, nobody ever goes on.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<Diagnostic> Findings(GuardedStateModel model)
    {
        var reported = new HashSet<SyntaxNode>();
        var signs = new Dictionary<IOperation, TaskSigns>();

        // the innermost lock, the one taken last, is the one to name
        foreach (LockRegion region in model.Regions.Reverse())
        {
            if (region.IsIrregular || !region.EndsHere || IsThrottle(model, region) || !model.Family.Contains(region.Frame.Function?.ContainingType ?? model.Type))
                continue;
            foreach (RegionEvent blocking in region.Events)
            {
                if (blocking.Kind == RegionEventKind.Blocking && !CompletedTask.IsWaitedForBy(blocking.Operation, signs)
                    && reported.Add(blocking.Operation.Syntax))
                    yield return Report(region, blocking);
            }
        }
    }

    /// <summary>A semaphore that may let several through, which is no lock.</summary>
    private static bool IsThrottle(GuardedStateModel model, LockRegion region) =>
        region.Primitive == LockPrimitive.SemaphoreSlim && !LockDoubts.StartsWithOne(model, region.Lock);

    private static Diagnostic Report(LockRegion region, RegionEvent blocking) => Diagnostic.Create(
        Rule, blocking.Operation.Syntax.GetLocation(), [LockSite.Of(region)], blocking.Detail, LockSite.NameOf(region),
        LockSite.FunctionOf(region));
}

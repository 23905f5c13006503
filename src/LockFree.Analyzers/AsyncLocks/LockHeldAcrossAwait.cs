using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.AsyncLocks;

/// <summary>
/// LF3002: a lock that belongs to the thread that took it is held where the code may go on in another thread: across an await or a
/// yield, or because another thread is to release it.
/// </summary>
internal static class LockHeldAcrossAwait
{
    public const string Id = "LF3002";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A lock that belongs to its thread is held across an await, a yield, or into another thread",
        "The lock '{0}', taken in {1}, {2}: only the thread that took it may release it, and the code behind may run in another thread",
        RuleCategory.AsyncLocks,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Monitor, Lock, ReaderWriterLockSlim, ReaderWriterLock, SpinLock and Mutex are owned by a thread. An async method "
            + "goes on in any thread of the pool, an iterator in that of its caller: the release throws, or the lock stays taken.",
        helpLinkUri: HelpLink.For(Id));

    private const int CSharp13 = 1300;

    public static IEnumerable<Diagnostic> Findings(GuardedStateModel model)
    {
        var reported = new HashSet<SyntaxNode>();
        ILookup<ISymbol?, StrayRelease> inLambdas = ReleasesInLambdas(model);
        foreach (LockRegion region in model.Regions)
        {
            if (region.IsIrregular || !region.IsThreadAffine || !model.Family.Contains(region.Frame.Function?.ContainingType ?? model.Type))
                continue;
            if (Suspension(region) is { } suspension && reported.Add(region.Acquire.Syntax))
            {
                string keyword = suspension.Kind == RegionEventKind.Await ? "await" : "yield";
                yield return Report(region, $"is still held at the '{keyword}'", suspension.Operation);
            }
            else if (ReleaseElsewhere(inLambdas, region) is { } release && reported.Add(region.Acquire.Syntax))
            {
                yield return Report(region, "is released by code that runs in another thread", release);
            }
        }
    }

    /// <summary>The first await or yield of the very function that holds the lock, and later releases it.</summary>
    private static RegionEvent? Suspension(LockRegion region) => !region.EndsHere ? null : region.Events.FirstOrDefault(happening =>
        happening.Kind is RegionEventKind.Await or RegionEventKind.Yield && ReferenceEquals(happening.Frame, region.Frame)
            && !CompilerObjects(region, happening));

    /// <summary>
    /// The compiler itself rejects an await, and warns of a yield from C# 13 on, in a lock statement or in the scope of a Lock.
    /// </summary>
    private static bool CompilerObjects(LockRegion region, RegionEvent suspension)
    {
        bool isLockScope = region.Primitive == LockPrimitive.Lock && region.Wrapper is null
            && region.Form is AcquireForm.UsingStatement or AcquireForm.UsingDeclaration;
        if (region.Form != AcquireForm.LockStatement && !isLockScope)
            return false;
        return suspension.Kind == RegionEventKind.Await || isLockScope
            || suspension.Operation.Syntax.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= (LanguageVersion)CSharp13 };
    }

    /// <summary>The releases in lambdas that run later, by the function around the lambda.</summary>
    private static ILookup<ISymbol?, StrayRelease> ReleasesInLambdas(GuardedStateModel model) => model.StrayReleases
        .Where(release => release.Frame.CallSite is IAnonymousFunctionOperation)
        .ToLookup(release => (ISymbol?)((IAnonymousFunctionOperation)release.Frame.CallSite!).Symbol.ContainingSymbol, SymbolEqualityComparer.Default);

    /// <summary>
    /// The function never releases what it took, but a lambda in it does, which is handed to something that runs it in another thread.
    /// </summary>
    private static IOperation? ReleaseElsewhere(ILookup<ISymbol?, StrayRelease> inLambdas, LockRegion region)
    {
        if (region.EndsHere || region.Lock.IsUnknown)
            return null;
        return inLambdas[region.Frame.Function].FirstOrDefault(release =>
            release.Lock.Equals(region.Lock) && OtherThread.Runs((IAnonymousFunctionOperation)release.Frame.CallSite!))?.Release;
    }

    private static Diagnostic Report(LockRegion region, string what, IOperation where) => Diagnostic.Create(
        Rule, LockSite.Of(region), [where.Syntax.GetLocation()], LockSite.NameOf(region), LockSite.FunctionOf(region), what);
}

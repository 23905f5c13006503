using Microsoft.CodeAnalysis;

namespace LockFree.CodeFixes.HotCollections;

/// <summary>A changed solution, or why there is none: the reasons, counted over real code, say what to work on next.</summary>
internal readonly record struct RewriteOutcome(Solution? Changed, string Refusal)
{
    public static RewriteOutcome Refused(string reason) => new(null, reason);

    public static RewriteOutcome Done(Solution changed) => new(changed, "");
}

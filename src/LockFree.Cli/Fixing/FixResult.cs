using System.Collections.Immutable;
using LockFree.Cli.Checking;
using LockFree.Cli.Loading;

namespace LockFree.Cli.Fixing;

/// <summary>The outcome of a fix run, not yet written to any file.</summary>
/// <param name="Check">The check that came before.</param>
/// <param name="Changed">The files with new text, in order of path.</param>
/// <param name="Applied">The fixes in them.</param>
/// <param name="Unfixed">The selected findings that stay, in order of place.</param>
/// <param name="Remaining">Every finding that stays, selected or not.</param>
/// <param name="Failures">Rules and fixers that threw.</param>
internal sealed record FixResult(
    CheckResult Check,
    ImmutableArray<SourceFile> Changed,
    ImmutableArray<AppliedFix> Applied,
    ImmutableArray<UnfixedFinding> Unfixed,
    ImmutableArray<Finding> Remaining,
    ImmutableArray<ToolFailure> Failures);

using LockFree.Cli.Checking;

namespace LockFree.Cli.Fixing;

/// <summary>A finding that is gone, and what removed it.</summary>
/// <param name="Finding">As it was reported last before the fix, in the line that it has on disk.</param>
/// <param name="Title">The fix's name.</param>
internal sealed record AppliedFix(Finding Finding, string Title);

/// <summary>A finding that stayed.</summary>
/// <param name="Finding">As reported at the end.</param>
/// <param name="Reason">Why it was not fixed, null where there is no automatic fix.</param>
internal sealed record UnfixedFinding(Finding Finding, string? Reason);

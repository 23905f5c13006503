namespace LockFree.Cli.Checking;

/// <summary>Whether a finding can be fixed automatically, as its fixers answered.</summary>
/// <param name="Title">The fix's name, or null if there is none.</param>
/// <param name="Refusal">Why a fix that exists is not applied, or null.</param>
internal sealed record FixOffer(string? Title, string? Refusal)
{
    /// <summary>No fixer answered for this site.</summary>
    public static FixOffer None { get; } = new(null, null);

    public bool IsAvailable => Title is not null && Refusal is null;
}

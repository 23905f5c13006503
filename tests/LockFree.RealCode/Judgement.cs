namespace LockFree.RealCode;

/// <summary>What a reader who looked at the source thinks of a finding.</summary>
internal enum Judgement
{
    /// <summary>Nobody has read it.</summary>
    Unread,

    /// <summary>What it says is true, and so is its reason.</summary>
    Right,

    /// <summary>What it says is true, but the reason it gives is not the one.</summary>
    RightForAnotherReason,

    /// <summary>It should not have been said.</summary>
    Wrong,
}

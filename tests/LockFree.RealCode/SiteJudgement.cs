namespace LockFree.RealCode;

/// <summary>What should be said at a place.</summary>
internal enum SiteJudgement
{
    /// <summary>A warning with a fix.</summary>
    Fix,

    /// <summary>A warning, fixed by hand.</summary>
    Warn,

    /// <summary>At most an information: a person decides.</summary>
    Report,

    /// <summary>Nothing.</summary>
    No,
}

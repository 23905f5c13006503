namespace LockFree.Analyzers.HotCollections;

/// <summary>What is said about a candidate.</summary>
internal enum VerdictOutcome
{
    /// <summary>Nothing.</summary>
    Silent,

    /// <summary>The lock guards this field alone, but a person must decide how to replace it.</summary>
    ReportOnly,

    /// <summary>Every region can be rewritten without changing what the code does.</summary>
    Exact,
}

namespace LockFree.Mutants;

/// <summary>How a run of tests ends.</summary>
internal enum VerdictKind
{
    /// <summary>All tests pass.</summary>
    Survived,

    /// <summary>A test fails.</summary>
    FailedTest,

    /// <summary>The process ends before its tests do.</summary>
    Crash,

    /// <summary>The tests do not end.</summary>
    Hang,
}

namespace LockFree.Benchmarks;

/// <summary>How the program ends.</summary>
internal enum ExitCode
{
    Success = 0,

    /// <summary>All was measured, and something did not reach its floor.</summary>
    ShortOfAFloor = 1,

    /// <summary>The command line was not understood.</summary>
    Misused = 2,
}

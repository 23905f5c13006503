namespace LockFree.Tests.Shadow;

/// <summary>Why a <see cref="SteppedThread"/> has stopped.</summary>
internal enum StepOutcome
{
    /// <summary>It has come to the point it was to come to.</summary>
    AtPoint,

    /// <summary>It waits for another thread.</summary>
    Waiting,

    /// <summary>It is over.</summary>
    Ended,
}

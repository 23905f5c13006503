namespace LockFree;

/// <summary>How a member of a <see cref="LifecycleGroup"/> ended.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Reason">Why its run is over.</param>
/// <param name="Fault">What it ended with, when <paramref name="Reason"/> is <see cref="StopReason.Faulted"/>.</param>
public readonly record struct LifecycleOutcome(string Name, StopReason Reason, Exception? Fault);

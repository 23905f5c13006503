namespace LockFree.Benchmarks.Comparing;

/// <summary>A target, what was measured against it, and whether its floor and its goal were reached (null where there is none).</summary>
internal sealed record TargetResult(string? Peer, double? Floor, double? Goal, double Measured, bool? IsFloorReached, bool? IsGoalReached);

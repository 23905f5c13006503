namespace LockFree.Benchmarks.Comparing;

/// <summary>What came out of a workload.</summary>
/// <param name="Workload">The name of the row.</param>
/// <param name="Unit">The unit of the costs.</param>
/// <param name="Cost">Our median cost.</param>
/// <param name="Peers">The others.</param>
/// <param name="Verdicts">How ours compares with its floors.</param>
internal sealed record WorkloadResult(
    string Workload, string Unit, double Cost, IReadOnlyList<PeerResult> Peers, IReadOnlyList<FloorResult> Verdicts);

/// <summary>A peer's median cost, and the median over the rounds of its cost divided by ours in the same round.</summary>
internal sealed record PeerResult(string Name, double Cost, double Ratio);

/// <summary>A floor, what was measured against it, and whether it was reached.</summary>
internal sealed record FloorResult(string? Peer, double Floor, double Measured, bool IsReached);

namespace LockFree.Benchmarks.Comparing;

/// <summary>What came out of a workload.</summary>
/// <param name="Name">The name of the row.</param>
/// <param name="Subject">The same in parts.</param>
/// <param name="Unit">The unit of the costs.</param>
/// <param name="Rounds">How many rounds there were.</param>
/// <param name="Ours">Our cost.</param>
/// <param name="Peers">The others.</param>
/// <param name="Targets">How ours compares with what it has to reach.</param>
internal sealed record WorkloadResult(
    string Name,
    Subject Subject,
    string Unit,
    int Rounds,
    ContenderResult Ours,
    IReadOnlyList<PeerResult> Peers,
    IReadOnlyList<TargetResult> Targets);

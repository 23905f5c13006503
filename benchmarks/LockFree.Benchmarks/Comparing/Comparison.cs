namespace LockFree.Benchmarks.Comparing;

/// <summary>All that came out of one run, and where it ran.</summary>
internal sealed record Comparison(Machine Machine, bool IsQuick, IReadOnlyList<WorkloadResult> Workloads);

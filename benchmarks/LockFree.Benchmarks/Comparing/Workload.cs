namespace LockFree.Benchmarks.Comparing;

/// <summary>One thing to measure, done by several contenders.</summary>
/// <param name="Subject">The row of the report.</param>
/// <param name="Unit">The unit of what a measurement returns; less is better.</param>
/// <param name="Contenders">The first is ours. Made when the workload is run, since each holds its data.</param>
/// <param name="Targets">What ours has to reach.</param>
internal sealed record Workload(Subject Subject, string Unit, Func<IReadOnlyList<Contender>> Contenders, params IReadOnlyList<Target> Targets)
{
    public Rounds Rounds { get; init; } = Rounds.Many;
}

namespace LockFree.Benchmarks.Comparing;

/// <summary>One thing to measure, done by several contenders.</summary>
/// <param name="Name">The row of the report.</param>
/// <param name="Unit">The unit of what a measurement returns; less is better.</param>
/// <param name="Contenders">The first is ours. Made when the workload is run, since each holds its data.</param>
/// <param name="Floors">What ours has to reach.</param>
internal sealed record Workload(string Name, string Unit, Func<IReadOnlyList<Contender>> Contenders, IReadOnlyList<Floor> Floors)
{
    /// <summary>Whether one measurement is expensive and needs no warming up, as that of memory.</summary>
    public bool IsSingleShot { get; init; }
}

namespace LockFree.Benchmarks.Comparing;

/// <summary>Somebody who does a workload.</summary>
/// <param name="Name">Who it is.</param>
/// <param name="Measure">Does one batch and returns the cost of one operation, in the unit of the workload.</param>
internal sealed record Contender(string Name, Func<double> Measure)
{
    /// <summary>Runs the same code to warm it up; something smaller where a batch takes long.</summary>
    public Action WarmUp { get; init; } = () => Measure();

    /// <summary>How the costs of single operations were spread over all rounds, where that is of interest.</summary>
    public Func<IReadOnlyList<TailPoint>>? Tail { get; init; }
}

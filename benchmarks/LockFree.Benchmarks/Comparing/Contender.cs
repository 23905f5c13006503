namespace LockFree.Benchmarks.Comparing;

/// <summary>Somebody who does a workload.</summary>
/// <param name="Name">Who it is.</param>
/// <param name="Measure">Does one batch and returns the cost of one operation, in the unit of the workload.</param>
internal sealed record Contender(string Name, Func<double> Measure);

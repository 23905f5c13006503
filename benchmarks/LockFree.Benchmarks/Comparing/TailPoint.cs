namespace LockFree.Benchmarks.Comparing;

/// <summary>The cost that so many percent of all operations do not exceed.</summary>
internal sealed record TailPoint(double Percentile, double Nanoseconds);

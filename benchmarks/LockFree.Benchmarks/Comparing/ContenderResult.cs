namespace LockFree.Benchmarks.Comparing;

/// <summary>What one contender's operation costs.</summary>
internal record ContenderResult(string Name, Spread Cost, IReadOnlyList<TailPoint>? Tail);

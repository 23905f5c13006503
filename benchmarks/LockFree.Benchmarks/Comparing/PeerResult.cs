namespace LockFree.Benchmarks.Comparing;

/// <summary>What a peer's operation costs, and, over the rounds, its cost divided by ours in the same round.</summary>
internal sealed record PeerResult(string Name, Spread Cost, Spread Ratio, IReadOnlyList<TailPoint>? Tail) : ContenderResult(Name, Cost, Tail);

namespace LockFree.Benchmarks.Comparing;

/// <summary>What ours has to reach: so many times better than a peer, or a cost of its own.</summary>
/// <param name="Peer">The name of the peer, or null for an absolute limit.</param>
/// <param name="Value">The smallest ratio of the peer's cost to ours, or the largest cost.</param>
internal sealed record Floor(string? Peer, double Value)
{
    public static Floor Times(string peer, double ratio) => new(peer, ratio);

    public static Floor AtMost(double cost) => new(null, cost);
}

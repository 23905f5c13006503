namespace LockFree.Benchmarks.Comparing;

/// <summary>What ours has to reach: so many times better than a peer, or a cost of its own.</summary>
/// <param name="Peer">The name of the peer, or null for a cost.</param>
/// <param name="Floor">The smallest ratio of the peer's cost to ours, or the largest cost, that will do; null if any will.</param>
/// <param name="Goal">The one that is wanted.</param>
internal sealed record Target(string? Peer, double? Floor, double? Goal)
{
    public static Target Times(string peer, double? floor, double? goal) => new(peer, floor, goal);

    public static Target AtMost(double? floor, double? goal) => new(null, floor, goal);

    public TargetResult Judge(double measured) => new(Peer, Floor, Goal, measured, IsReached(Floor, measured), IsReached(Goal, measured));

    private bool? IsReached(double? wanted, double measured) =>
        wanted is null ? null : Peer is null ? measured <= wanted : measured >= wanted;
}

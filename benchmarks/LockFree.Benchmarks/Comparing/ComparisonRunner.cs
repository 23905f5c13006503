using System.Diagnostics;

namespace LockFree.Benchmarks.Comparing;

/// <summary>
/// Measures the contenders of a workload side by side. Every round measures each of them once, beginning with another one each time, so that whatever
/// else the machine is doing falls on all alike; what is compared is the costs within a round.
/// </summary>
internal sealed class ComparisonRunner(bool isQuick)
{
    // Peers from the framework are compiled ahead of time, ours are not: without enough warming up the first tiers of the compiler would be measured.
    private readonly TimeSpan _warmUp = TimeSpan.FromMilliseconds(isQuick ? 120 : 1_000);
    private readonly int _rounds = isQuick ? 25 : 101;

    public WorkloadResult Run(Workload workload)
    {
        IReadOnlyList<Contender> contenders = workload.Contenders();
        if (!workload.IsSingleShot)
        {
            foreach (Contender contender in contenders)
                WarmUp(contender);
        }
        int rounds = workload.IsSingleShot ? 1 : _rounds;
        var costs = new double[contenders.Count][];
        for (int i = 0; i < costs.Length; i++)
            costs[i] = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < contenders.Count; i++)
            {
                int contender = (i + round) % contenders.Count;
                costs[contender][round] = contenders[contender].Measure();
            }
        }
        return Evaluate(workload, contenders, costs);
    }

    private void WarmUp(Contender contender)
    {
        // By processor time, so that a busy machine warms up as thoroughly as an idle one.
        TimeSpan end = Environment.CpuUsage.TotalTime + _warmUp;
        do
            contender.Measure();
        while (Environment.CpuUsage.TotalTime < end);
    }

    private static WorkloadResult Evaluate(Workload workload, IReadOnlyList<Contender> contenders, double[][] costs)
    {
        double ours = Median(costs[0]);
        PeerResult[] peers =
        [
            .. contenders.Skip(1).Select((peer, index) => new PeerResult(
                peer.Name, Median(costs[index + 1]), Median([.. costs[index + 1].Zip(costs[0], (theirs, mine) => theirs / mine)]))),
        ];
        FloorResult[] verdicts =
        [
            .. workload.Floors.Select(floor => floor.Peer is null
                ? new FloorResult(null, floor.Value, ours, ours <= floor.Value)
                : peers.First(peer => peer.Name == floor.Peer) is var peer
                    ? new FloorResult(floor.Peer, floor.Value, peer.Ratio, peer.Ratio >= floor.Value)
                    : throw new UnreachableException()),
        ];
        return new WorkloadResult(workload.Name, workload.Unit, ours, peers, verdicts);
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

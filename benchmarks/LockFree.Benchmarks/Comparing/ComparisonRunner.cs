using System.Diagnostics;

namespace LockFree.Benchmarks.Comparing;

/// <summary>
/// Measures the contenders of a workload side by side. Every round measures each of them once, beginning with another one each time, so that whatever
/// else the machine is doing falls on all alike; what is compared is the costs within a round.
/// </summary>
/// <param name="allowance">Where the run is to be quick: how long it may take, by the clock on the wall. A row that has used its share up is not repeated.</param>
internal sealed class ComparisonRunner(TimeAllowance? allowance)
{
    private const int QuickMinimumRounds = 3;

    // Peers from the framework are compiled ahead of time, ours are not: without enough warming up the first tiers of the compiler would be measured.
    // It goes through three, and compiles in the background: hence several phases, and pauses in which it gets a processor.
    private const int WarmUpPhases = 4;
    private readonly TimeSpan _warmUpPhase = TimeSpan.FromMilliseconds(allowance is null ? 250 : 75);
    private readonly TimeSpan _warmUpPause = TimeSpan.FromMilliseconds(allowance is null ? 60 : 40);
    private readonly TimeSpan _measuring = TimeSpan.FromMilliseconds(allowance is null ? 800 : 250);

    public WorkloadResult Run(Workload workload)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan share = allowance?.Next() ?? TimeSpan.MaxValue;
        IReadOnlyList<Contender> contenders = workload.Contenders();
        if (workload.Rounds != Rounds.One)
            WarmUp(contenders, IsUsedUp);
        double[][] rounds = [.. Measure(contenders, workload.Rounds, IsUsedUp)];
        return Evaluate(workload, contenders, rounds);

        bool IsUsedUp() => Stopwatch.GetElapsedTime(start) >= share;
    }

    private void WarmUp(IReadOnlyList<Contender> contenders, Func<bool> isTimeUsedUp)
    {
        for (int phase = 0; phase < WarmUpPhases && !isTimeUsedUp(); phase++)
        {
            // By processor time, too, so that a busy machine warms up as thoroughly as an idle one.
            TimeSpan end = Environment.CpuUsage.TotalTime + _warmUpPhase;
            long start = Stopwatch.GetTimestamp();
            do
            {
                foreach (Contender contender in contenders)
                    contender.WarmUp();
            }
            while (!isTimeUsedUp() && (Environment.CpuUsage.TotalTime < end || Stopwatch.GetElapsedTime(start) < _warmUpPhase));
            Thread.Sleep(_warmUpPause);
        }
    }

    /// <summary>The costs of all contenders, round by round.</summary>
    private IEnumerable<double[]> Measure(IReadOnlyList<Contender> contenders, Rounds rounds, Func<bool> isTimeUsedUp)
    {
        int minimum = allowance is null ? rounds.Minimum : Math.Min(rounds.Minimum, QuickMinimumRounds);
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round == 0 || (!isTimeUsedUp() && IsWorthAnother(round)); round++)
        {
            var costs = new double[contenders.Count];
            for (int i = 0; i < contenders.Count; i++)
            {
                int contender = (i + round) % contenders.Count;
                costs[contender] = contenders[contender].Measure();
            }
            yield return costs;
        }

        bool IsWorthAnother(int round) => round < minimum || (round < rounds.Maximum && Stopwatch.GetElapsedTime(start) < _measuring);
    }

    private static WorkloadResult Evaluate(Workload workload, IReadOnlyList<Contender> contenders, double[][] rounds)
    {
        var ours = new ContenderResult(contenders[0].Name, Spread.Of(rounds.Select(static costs => costs[0])), contenders[0].Tail?.Invoke());
        PeerResult[] peers =
        [
            .. contenders.Skip(1).Select((peer, index) => new PeerResult(
                peer.Name,
                Spread.Of(rounds.Select(costs => costs[index + 1])),
                Spread.Of(rounds.Select(costs => costs[index + 1] / costs[0])),
                peer.Tail?.Invoke())),
        ];
        TargetResult[] targets =
        [
            .. workload.Targets.Select(target => target.Judge(
                target.Peer is null ? ours.Cost.Median : peers.Single(peer => peer.Name == target.Peer).Ratio.Median)),
        ];
        return new WorkloadResult(workload.Subject.Name, workload.Subject, workload.Unit, rounds.Length, ours, peers, targets);
    }
}

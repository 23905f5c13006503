using System.Globalization;

namespace LockFree.Benchmarks.Comparing;

/// <summary>
/// Results as a Markdown table that can be read in a terminal, too: a line for each peer and each limit of a workload, and a column for each run.
/// </summary>
internal sealed class ComparisonTable(TextWriter writer, int runs)
{
    private const int WorkloadWidth = 45;
    private const int PeerWidth = 20;
    private const int TargetWidth = 6;
    private const int RatioWidth = 27;
    private const int CostWidth = 20;

    public void WriteHeader(Machine machine)
    {
        writer.WriteLine($"{machine.Processor}, {machine.Cores} cores; {machine.OperatingSystem}; {machine.Framework}, {machine.GarbageCollector}");
        writer.WriteLine("ratio: the peer's cost divided by ours in the same round, median (quartiles); above 1 ours is better.");
        writer.WriteLine("floor, goal: what the ratio should be at least, or, where no peer is named, what our cost should be at most.");
        writer.WriteLine();
        WriteLine("workload", "peer", "floor", "goal", Enumerable.Range(1, runs).Select(RatioHeader), "verdict");
        WriteLine("---", "---", "---:", "---:", Enumerable.Repeat(("---:", "---:"), runs), "---");
    }

    /// <summary>Writes the lines of one workload, measured once in each run.</summary>
    public void WriteWorkload(params IReadOnlyList<WorkloadResult> results)
    {
        WorkloadResult first = results[0];
        string name = first.Name;
        foreach (TargetResult limit in first.Targets.Where(static target => target.Peer is null))
        {
            IEnumerable<(string, string)> costs = results.Select(result => ($"{Format(result.Ours.Cost)} {result.Unit}", ""));
            WriteLine(name, "", Format(limit.Floor), Format(limit.Goal), costs, Verdict(results, peer: null));
            name = "";
        }
        foreach (PeerResult peer in first.Peers)
        {
            TargetResult? target = first.Targets.FirstOrDefault(target => target.Peer == peer.Name);
            IEnumerable<(string, string)> measured = results.Select(result => Measured(result, peer.Name));
            WriteLine(name, peer.Name, Format(target?.Floor), Format(target?.Goal), measured, Verdict(results, peer.Name));
            name = "";
        }
    }

    public void WriteSummary(IEnumerable<WorkloadResult> results)
    {
        TargetResult[] targets = [.. results.SelectMany(static result => result.Targets)];
        writer.WriteLine();
        writer.WriteLine(
            $"{Share(targets, static target => target.IsFloorReached)} floors and {Share(targets, static target => target.IsGoalReached)} goals reached.");
    }

    private (string Ratio, string Costs) RatioHeader(int run) => (runs == 1 ? "ratio" : $"ratio, run {run}", "ours / peer's");

    private static string Share(TargetResult[] targets, Func<TargetResult, bool?> isReached) =>
        $"{targets.Count(target => isReached(target) == true)} of {targets.Count(target => isReached(target) is not null)}";

    private static (string Ratio, string Costs) Measured(WorkloadResult result, string peerName)
    {
        PeerResult peer = result.Peers.Single(peer => peer.Name == peerName);
        string ratio = double.IsFinite(peer.Ratio.Median) ? Format(peer.Ratio) : "";
        return (ratio, $"{Format(result.Ours.Cost.Median)} / {Format(peer.Cost.Median)} {result.Unit}");
    }

    private static string Verdict(IReadOnlyList<WorkloadResult> results, string? peer) =>
        string.Join(" / ", results.Select(result => Verdict(result.Targets.FirstOrDefault(target => target.Peer == peer))).Distinct());

    private static string Verdict(TargetResult? target) => target switch
    {
        null => "",
        { IsFloorReached: false } => "short",
        { IsFloorReached: true, IsGoalReached: true } => "ok, goal",
        { IsFloorReached: true } => "ok",
        { IsGoalReached: true } => "goal",
        _ => "below goal",
    };

    private static string Format(Spread spread) =>
        $"{Format(spread.Median)} ({Format(spread.LowerQuartile)} to {Format(spread.UpperQuartile)})";

    private static string Format(double? value) => value is null
        ? ""
        : value.Value.ToString(Math.Abs(value.Value) >= 100 ? "N0" : Math.Abs(value.Value) >= 10 ? "N1" : "N2", CultureInfo.InvariantCulture);

    private void WriteLine(
        string workload, string peer, string floor, string goal, IEnumerable<(string Ratio, string Costs)> measured, string verdict)
    {
        string columns = string.Concat(measured.Select(static run => $" {run.Ratio.PadLeft(RatioWidth)} | {run.Costs.PadLeft(CostWidth)} |"));
        string wanted = $"{floor.PadLeft(TargetWidth)} | {goal.PadLeft(TargetWidth)}";
        writer.WriteLine($"| {workload.PadRight(WorkloadWidth)} | {peer.PadRight(PeerWidth)} | {wanted} |{columns} {verdict} |");
    }
}

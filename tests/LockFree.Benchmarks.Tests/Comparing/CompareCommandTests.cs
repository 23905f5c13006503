using LockFree.Benchmarks.Comparing;

namespace LockFree.Benchmarks.Tests.Comparing;

public class CompareCommandTests
{
    private static readonly CompareOptions Quick = new(IsQuick: true, Filters: [], JsonFile: null);

    [Fact]
    public void The_ratio_is_the_peers_cost_divided_by_ours()
    {
        string table = Run(Row(ours: 2, peer: 6, Target.Times("peer", 2, 4)), out ExitCode exitCode);

        Assert.Contains("3.00 (3.00 to 3.00)", table, StringComparison.Ordinal);
        Assert.EndsWith("| ok |", RowOf(table), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, exitCode);
    }

    [Fact]
    public void A_floor_that_is_not_reached_is_told_by_the_exit_code()
    {
        string table = Run(Row(ours: 2, peer: 3, Target.Times("peer", 2, 4)), out ExitCode exitCode);

        Assert.EndsWith("| short |", RowOf(table), StringComparison.Ordinal);
        Assert.Contains("0 of 1 floors and 0 of 1 goals", table, StringComparison.Ordinal);
        Assert.Equal(ExitCode.ShortOfAFloor, exitCode);
    }

    [Fact]
    public void A_goal_without_a_floor_does_not_decide_the_exit_code()
    {
        string table = Run(Row(ours: 2, peer: 3, Target.Times("peer", null, 4)), out ExitCode exitCode);

        Assert.EndsWith("| below goal |", RowOf(table), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, exitCode);
    }

    [Fact]
    public void The_ratio_of_a_row_is_the_median_of_those_within_a_round()
    {
        // Rounds in which the machine is slow, slow for both: the ratio of the medians would be another.
        double[] ours = [1, 10, 3];
        double[] peers = [2, 30, 12];
        int measured = 0;
        var row = new Workload(
            new Subject("row"),
            "ns",
            () => [Contender("ours", () => ours[measured / 2]), Contender("peer", () => peers[measured / 2])])
        {
            Rounds = new Rounds(3, 3),
        };

        Assert.Contains("3.00 (2.50 to 3.50)", Run(row, out _), StringComparison.Ordinal);

        // Each round measures both, in whatever order.
        Contender Contender(string name, Func<double> cost) => new(name, () =>
        {
            double result = cost();
            measured++;
            return result;
        })
        {
            WarmUp = static () => { },
        };
    }

    [Fact]
    public void A_file_gives_back_what_was_measured()
    {
        string file = Path.GetTempFileName();
        try
        {
            string table = Run(Row(ours: 0, peer: 6, Target.AtMost(0, 0)), out _, Quick with { JsonFile = file });
            var again = new StringWriter();
            TablesCommand.Run([file], again);

            Assert.Equal(table, again.ToString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Workload Row(double ours, double peer, Target target) =>
        new(new Subject("row"), "ns", () => [new Contender("ours", () => ours), new Contender("peer", () => peer)], target)
        {
            Rounds = Rounds.One,
        };

    private static string RowOf(string table) => table.Split('\n').Single(static line => line.StartsWith("| row ", StringComparison.Ordinal)).TrimEnd();

    private static string Run(Workload workload, out ExitCode exitCode, CompareOptions? options = null)
    {
        var output = new StringWriter();
        exitCode = CompareCommand.Run(options ?? Quick, [workload], output);
        return output.ToString();
    }
}

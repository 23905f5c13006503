using System.Globalization;
using LockFree.Benchmarks.Comparing;
using OxyPlot;

namespace LockFree.Benchmarks.Plotting;

/// <summary>How many operations all threads together do in a second.</summary>
internal static class ThroughputPlots
{
    private const string Axis = "million operations per second";

    /// <summary>Against the number of threads, a chart for each share of writes.</summary>
    public static IEnumerable<(string File, PlotModel Plot)> ByThreads(IReadOnlyList<WorkloadResult> workloads) =>
        ReadsAndWrites(workloads).GroupBy(static result => result.Subject.WritePercent).Select(static group =>
        (
            $"throughput-by-threads-{group.Key}-percent-writes.svg",
            Plot($"{group.Key} % writes, by threads", "threads", group, static result => result.Subject.Threads)));

    /// <summary>Against the share of writes, for two threads.</summary>
    public static PlotModel ByWriteShare(IReadOnlyList<WorkloadResult> workloads) => Plot(
        "2 threads, by share of writes",
        "percent of writes",
        ReadsAndWrites(workloads).Where(static result => result.Subject.Threads == 2),
        static result => result.Subject.WritePercent);

    private static IEnumerable<WorkloadResult> ReadsAndWrites(IReadOnlyList<WorkloadResult> workloads) =>
        workloads.Where(static result => result.Subject is { Threads: not null, WritePercent: not null, Entries: not null });

    private static PlotModel Plot(string title, string axis, IEnumerable<WorkloadResult> results, Func<WorkloadResult, int?> position)
    {
        WorkloadResult[] ordered = [.. results.OrderBy(position)];
        PlotModel plot = PlotStyle.NewPlot(title);
        plot.Axes.Add(PlotStyle.Categories(axis, ordered.Select(result => string.Create(CultureInfo.InvariantCulture, $"{position(result)}"))));
        plot.Axes.Add(PlotStyle.ValueAxis(Axis));
        foreach (string name in PlotStyle.Contenders(ordered[0]).Select(static contender => contender.Name))
        {
            plot.Series.Add(PlotStyle.Line(name, ordered.Select(result =>
                MillionsPerSecond(PlotStyle.Contenders(result).Single(contender => contender.Name == name)))));
        }
        return plot;
    }

    private static double MillionsPerSecond(ContenderResult contender) => 1_000 / contender.Cost.Median;
}

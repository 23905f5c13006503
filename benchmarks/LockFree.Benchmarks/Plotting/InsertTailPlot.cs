using System.Globalization;
using LockFree.Benchmarks.Comparing;
using OxyPlot;
using OxyPlot.Axes;

namespace LockFree.Benchmarks.Plotting;

/// <summary>How long the slowest insertions take while a map grows.</summary>
internal static class InsertTailPlot
{
    public static PlotModel Of(IReadOnlyList<WorkloadResult> workloads)
    {
        WorkloadResult result = workloads.Single(static result => result.Ours.Tail is not null);
        PlotModel plot = PlotStyle.NewPlot($"One insertion while growing to {result.Subject.Entries:N0} entries ({result.Subject.Types})");
        plot.Axes.Add(PlotStyle.Categories("percentile", result.Ours.Tail!.Select(static point => Label(point.Percentile))));
        plot.Axes.Add(new LogarithmicAxis
        {
            Position = AxisPosition.Left,
            Title = "microseconds",
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = OxyColors.LightGray,
            TickStyle = TickStyle.None,
            AxisTitleDistance = PlotStyle.AxisTitleDistance,
            StringFormat = "#,0.###",
        });
        foreach (ContenderResult contender in PlotStyle.Contenders(result))
            plot.Series.Add(PlotStyle.Line(contender.Name, contender.Tail!.Select(static point => point.Nanoseconds / 1_000)));
        return plot;
    }

    private static string Label(double percentile) =>
        percentile >= 100 ? "longest" : string.Create(CultureInfo.InvariantCulture, $"{percentile} %");
}

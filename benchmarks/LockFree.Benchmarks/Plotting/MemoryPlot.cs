using LockFree.Benchmarks.Comparing;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace LockFree.Benchmarks.Plotting;

/// <summary>What an entry takes of the memory.</summary>
internal static class MemoryPlot
{
    private const string Names = "names";
    private const string Values = "values";

    public static PlotModel Of(IReadOnlyList<WorkloadResult> workloads)
    {
        WorkloadResult[] results = [.. workloads.Where(static result => result.Subject.Operation == "bytes per entry")];
        PlotModel plot = PlotStyle.NewPlot("Bytes per entry, averaged over one doubling of the size");

        // The library's bars lie; upright ones are bars whose axes have changed places.
        CategoryAxis names = PlotStyle.Categories("key and value", results.Select(static result => result.Subject.Types!));
        names.Key = Names;
        plot.Axes.Add(names);
        LinearAxis values = PlotStyle.ValueAxis("bytes");
        values.Key = Values;
        plot.Axes.Add(values);
        foreach (string name in PlotStyle.Contenders(results[0]).Select(static contender => contender.Name))
        {
            var bars = new BarSeries { Title = name, FillColor = PlotStyle.ColorOf(name), XAxisKey = Values, YAxisKey = Names, StrokeThickness = 0 };
            bars.Items.AddRange(results.Select(result =>
                new BarItem(PlotStyle.Contenders(result).Single(contender => contender.Name == name).Cost.Median)));
            plot.Series.Add(bars);
        }
        return plot;
    }
}

using LockFree.Benchmarks.Comparing;
using LockFree.Benchmarks.Maps;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace LockFree.Benchmarks.Plotting;

/// <summary>What the charts have in common.</summary>
internal static class PlotStyle
{
    // Told apart by those who do not see all colours, too (Okabe and Ito).
    private static readonly Dictionary<string, OxyColor> Colors = new()
    {
        [MapNames.Ours] = OxyColor.Parse("#0072B2"),
        [MapNames.Framework] = OxyColor.Parse("#D55E00"),
        [MapNames.NonBlocking] = OxyColor.Parse("#009E73"),
        [MapNames.Locked] = OxyColor.Parse("#999999"),
        [MapNames.ReaderWriterLocked] = OxyColor.Parse("#CC79A7"),
        [MapNames.Unsynchronized] = OxyColor.Parse("#E69F00"),
    };

    // Room for a font that is wider, where the chart is shown, than the one it was measured with.
    private const int LegendPadding = 24;
    public const int AxisTitleDistance = 12;

    public static PlotModel NewPlot(string title)
    {
        var plot = new PlotModel
        {
            Title = title,
            DefaultFont = "Arial, Helvetica, sans-serif",
            TitleFontSize = 15,
            TitleFontWeight = FontWeights.Normal,
            Background = OxyColors.White,
            PlotAreaBorderThickness = new OxyThickness(1, 0, 0, 1),
        };
        plot.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside,
            LegendPosition = LegendPosition.RightTop,
            LegendPadding = LegendPadding,
            LegendLineSpacing = 4,
        });
        return plot;
    }

    public static LinearAxis ValueAxis(string title) => new()
    {
        Position = AxisPosition.Left,
        Title = title,
        Minimum = 0,
        MajorGridlineStyle = LineStyle.Solid,
        MajorGridlineColor = OxyColors.LightGray,
        TickStyle = TickStyle.None,
        AxisTitleDistance = AxisTitleDistance,
    };

    public static CategoryAxis Categories(string title, IEnumerable<string> labels)
    {
        var axis = new CategoryAxis
        {
            Position = AxisPosition.Bottom,
            Title = title,
            TickStyle = TickStyle.None,
            AxisTitleDistance = AxisTitleDistance,
        };
        axis.Labels.AddRange(labels);
        return axis;
    }

    public static LineSeries Line(string contender, IEnumerable<double> values)
    {
        var line = new LineSeries { Title = contender, Color = ColorOf(contender), MarkerType = MarkerType.Circle, StrokeThickness = 2 };
        line.Points.AddRange(values.Select(static (value, index) => new DataPoint(index, value)));
        return line;
    }

    public static OxyColor ColorOf(string contender) => Colors[contender];

    /// <summary>Ours and the peers, in the order of the report.</summary>
    public static IReadOnlyList<ContenderResult> Contenders(WorkloadResult result) => [result.Ours, .. result.Peers];
}

using LockFree.Benchmarks.Comparing;
using OxyPlot;

namespace LockFree.Benchmarks.Plotting;

/// <summary>Draws what can be seen better than read, from the file of a comparison.</summary>
internal static class PlotsCommand
{
    private const int Width = 720;
    private const int Height = 400;

    public static ExitCode Run(string file, string directory)
    {
        IReadOnlyList<WorkloadResult> workloads = ComparisonFile.Read(file).Workloads;
        Directory.CreateDirectory(directory);
        foreach ((string name, PlotModel plot) in ThroughputPlots.ByThreads(workloads))
            Write(plot, Path.Combine(directory, name));
        Write(ThroughputPlots.ByWriteShare(workloads), Path.Combine(directory, "throughput-by-writes-2-threads.svg"));
        Write(InsertTailPlot.Of(workloads), Path.Combine(directory, "insert-latency-while-growing.svg"));
        Write(MemoryPlot.Of(workloads), Path.Combine(directory, "bytes-per-entry.svg"));
        return ExitCode.Success;
    }

    private static void Write(PlotModel plot, string file)
    {
        using FileStream stream = File.Create(file);

        // The workaround is for viewers that do not know where the middle of a line of text is.
        new SvgExporter { Width = Width, Height = Height, UseVerticalTextAlignmentWorkaround = true }.Export(plot, stream);
    }
}

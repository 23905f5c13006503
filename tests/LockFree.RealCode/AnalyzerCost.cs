using System.Diagnostics;
using System.Globalization;
using LockFree.Cli.Loading;
using LockFree.Cli.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.RealCode;

/// <summary>
/// What the rules cost beside compiling the same sources: the driver's own account of each analyzer's time (the one <c>csc
/// -reportanalyzer</c> prints), one thread, no restore. The first of the runs warms up and is not counted.
/// </summary>
internal sealed class AnalyzerCost
{
    private readonly RuleCatalogue _catalogue = RuleCatalogue.LoadShipped();
    private readonly Dictionary<string, List<double>> _milliseconds = new(StringComparer.Ordinal);
    private readonly List<double> _compiling = [];
    private readonly List<double> _allocatedByCompiling = [];
    private readonly List<double> _allocatedByAnalysing = [];
    private long _lines;

    /// <summary>Markdown: each analyzer's time in milliseconds per 1,000 lines, the median of the runs, and its share of the compile.</summary>
    public async Task<string> MeasureAsync(string folder, int runs, CancellationToken cancellationToken)
    {
        LoadedInput input = await InputLoader.LoadAsync([folder], loose: true, new Progress<string>(), cancellationToken);
        for (int run = 0; run <= runs; run++)
        {
            if (run == 1)
                Forget(); // what the warm-up measured
            _lines = 0;
            await MeasureOnceAsync(input, cancellationToken);
        }

        return Table();
    }

    private void Forget()
    {
        _milliseconds.Clear();
        _compiling.Clear();
        _allocatedByCompiling.Clear();
        _allocatedByAnalysing.Clear();
    }

    private async Task MeasureOnceAsync(LoadedInput input, CancellationToken cancellationToken)
    {
        ProjectImages images = new();
        Dictionary<string, double> inThisRun = new(StringComparer.Ordinal);
        double compiling = 0;
        double allocatedByCompiling = 0;
        double allocatedByAnalysing = 0;
        foreach (ProjectSource source in input.Projects)
        {
            using ProjectWorkspace workspace = ProjectWorkspace.Open([source], images, _catalogue.Generators, SourceFile.Load);
            Project project = workspace[source];
            _lines += workspace.Files.Values.Sum(file => file.Text.Lines.Count);
            Compilation compilation = (await project.GetCompilationAsync(cancellationToken))!;

            long allocated = GC.GetTotalAllocatedBytes();
            long start = Stopwatch.GetTimestamp(); // the driver counts elapsed time too, so that other work on the machine weighs on both
            compilation.Clone().WithOptions(compilation.Options.WithConcurrentBuild(false)).GetDiagnostics(cancellationToken);
            compiling += Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            allocatedByCompiling += GC.GetTotalAllocatedBytes() - allocated;

            allocated = GC.GetTotalAllocatedBytes();
            CompilationWithAnalyzers analysis = new(compilation.Clone(), _catalogue.Analyzers, new CompilationWithAnalyzersOptions(
                project.AnalyzerOptions, onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true));
            AnalysisResult result = await analysis.GetAnalysisResultAsync(cancellationToken);
            allocatedByAnalysing += GC.GetTotalAllocatedBytes() - allocated;
            foreach ((DiagnosticAnalyzer analyzer, var telemetry) in result.AnalyzerTelemetryInfo)
                inThisRun[NameOf(analyzer)] = inThisRun.GetValueOrDefault(NameOf(analyzer)) + telemetry.ExecutionTime.TotalMilliseconds;
            images.Add(source.Id, compilation, cancellationToken);
        }

        foreach ((string analyzer, double milliseconds) in inThisRun)
        {
            if (!_milliseconds.TryGetValue(analyzer, out List<double>? all))
                _milliseconds.Add(analyzer, all = []);
            all.Add(milliseconds);
        }

        _compiling.Add(compiling);
        _allocatedByCompiling.Add(allocatedByCompiling);
        _allocatedByAnalysing.Add(allocatedByAnalysing);
    }

    private static string NameOf(DiagnosticAnalyzer analyzer) =>
        $"{analyzer.GetType().Name} ({string.Join(", ", analyzer.SupportedDiagnostics.Select(rule => rule.Id).Distinct().Order(StringComparer.Ordinal))})";

    private string Table()
    {
        double compiling = Median(_compiling);
        double thousands = _lines / 1000.0;
        using StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        text.WriteLine($"{_lines:N0} lines; compiling them takes {compiling / thousands:0.00} ms per 1,000 lines in one thread.");
        text.WriteLine();
        text.WriteLine("| analyzer (rules) | ms per 1,000 lines | per rule | share of the compile |");
        text.WriteLine("| --- | ---: | ---: | ---: |");
        foreach ((string analyzer, List<double> runs) in _milliseconds.OrderByDescending(entry => Median(entry.Value)))
        {
            double perThousand = Median(runs) / thousands;
            text.WriteLine($"| {analyzer} | {perThousand:0.000} | {perThousand / (analyzer.Count(c => c == ',') + 1):0.000} | {Median(runs) / compiling:0.0 %} |");
        }

        double all = _milliseconds.Values.Sum(Median);
        text.WriteLine($"| all | {all / thousands:0.000} | | {all / compiling:0.0 %} |");
        text.WriteLine();
        text.WriteLine($"Allocated: {Median(_allocatedByCompiling) / thousands / 1024:N0} KB per 1,000 lines by compiling, {Median(_allocatedByAnalysing) / thousands / 1024:N0} KB by analysing, "
            + $"which binds once more. Peak of the process: {Process.GetCurrentProcess().PeakWorkingSet64 / (1024 * 1024):N0} MB.");
        return text.ToString();
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}

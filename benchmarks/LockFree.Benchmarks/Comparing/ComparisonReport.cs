using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LockFree.Benchmarks.Comparing;

/// <summary>Tells what was measured: to a reader as a table, to a program as JSON.</summary>
internal static class ComparisonReport
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,

        // The ratio of something to nothing, as of allocated bytes.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void WriteHeader(TextWriter writer)
    {
        writer.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors");
        writer.WriteLine("Ratios are a peer's cost divided by ours: above 1 ours is better. Costs depend on the machine and on what else it does.");
        writer.WriteLine();
        writer.WriteLine($"{"workload",-40} {"ours",12}  {"peers: cost (ratio)",-72} floors");
    }

    public static void WriteRow(TextWriter writer, WorkloadResult result)
    {
        string peers = string.Join("  ", result.Peers.Select(peer => $"{peer.Name} {Format(peer.Cost)}{FormatRatio(peer.Ratio)}"));
        string floors = string.Join("  ", result.Verdicts.Select(Describe));
        writer.WriteLine($"{result.Workload,-40} {Format(result.Cost),8} {result.Unit,-4} {peers,-72} {floors}");
    }

    public static void WriteSummary(TextWriter writer, IReadOnlyList<WorkloadResult> results)
    {
        FloorResult[] verdicts = [.. results.SelectMany(result => result.Verdicts)];
        writer.WriteLine();
        writer.WriteLine($"{verdicts.Count(verdict => verdict.IsReached)} of {verdicts.Length} floors reached.");
    }

    public static void WriteJson(string file, IReadOnlyList<WorkloadResult> results) =>
        File.WriteAllText(file, JsonSerializer.Serialize(results, Indented));

    private static string Describe(FloorResult verdict)
    {
        string floor = verdict.Peer is null ? $"<= {Format(verdict.Floor)}" : $"{Format(verdict.Floor)}x {verdict.Peer}";
        return $"{floor}: {(verdict.IsReached ? "ok" : "short")}";
    }

    private static string FormatRatio(double ratio) => double.IsFinite(ratio) ? $" ({Format(ratio)}x)" : "";

    private static string Format(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "N0" : Math.Abs(value) >= 10 ? "N1" : "N2", CultureInfo.InvariantCulture);
}

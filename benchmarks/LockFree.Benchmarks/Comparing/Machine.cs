using System.Runtime;
using System.Runtime.InteropServices;

namespace LockFree.Benchmarks.Comparing;

/// <summary>Where a comparison ran, as the operating system tells it.</summary>
internal sealed record Machine(string Framework, string OperatingSystem, string Processor, int Cores, string GarbageCollector)
{
    private const string ProcessorFile = "/proc/cpuinfo";

    public static Machine Current => new(
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription,
        $"{ProcessorModel()} ({RuntimeInformation.ProcessArchitecture})",
        Environment.ProcessorCount,
        $"{(GCSettings.IsServerGC ? "server" : "workstation")} garbage collector");

    private static string ProcessorModel()
    {
        const string windowsVariable = "PROCESSOR_IDENTIFIER";
        if (!File.Exists(ProcessorFile))
            return Environment.GetEnvironmentVariable(windowsVariable) ?? "unknown processor";
        string? line = File.ReadLines(ProcessorFile).FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal));
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? "unknown processor";
    }
}

namespace LockFree.Benchmarks.Comparing;

/// <summary>Writes the table of several runs beside each other, from their files.</summary>
internal static class TablesCommand
{
    public static ExitCode Run(IReadOnlyList<string> files, TextWriter output)
    {
        Comparison[] runs = [.. files.Select(ComparisonFile.Read)];
        var table = new ComparisonTable(output, runs.Length);
        table.WriteHeader(runs[0].Machine);
        foreach (WorkloadResult first in runs[0].Workloads)
        {
            WorkloadResult[] same = [.. runs.SelectMany(run => run.Workloads.Where(result => result.Name == first.Name))];
            if (same.Length == runs.Length)
                table.WriteWorkload(same);
        }
        foreach (Comparison run in runs)
            table.WriteSummary(run.Workloads);
        return ExitCode.Success;
    }
}

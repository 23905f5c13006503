namespace LockFree.Benchmarks.Comparing;

/// <summary>Measures the workloads that are wanted and tells each as soon as it is measured.</summary>
internal static class CompareCommand
{
    // A quick run is to end within a minute, with what comes before and after the rows.
    private static readonly TimeSpan QuickRun = TimeSpan.FromSeconds(48);

    /// <returns>The exit code: whether all floors were reached.</returns>
    public static ExitCode Run(CompareOptions options, IEnumerable<Workload> workloads, TextWriter output)
    {
        Machine machine = Machine.Current;
        var table = new ComparisonTable(output, runs: 1);
        table.WriteHeader(machine);
        var results = new List<WorkloadResult>();
        var runner = new ComparisonRunner(options.IsQuick ? new TimeAllowance(QuickRun, workloads.Count(options.Wants)) : null);
        foreach (Workload workload in workloads.Where(options.Wants))
        {
            WorkloadResult result = runner.Run(workload);
            results.Add(result);
            table.WriteWorkload(result);
        }
        table.WriteSummary(results);
        if (options.JsonFile is not null)
            ComparisonFile.Write(options.JsonFile, new Comparison(machine, options.IsQuick, results));
        return results.SelectMany(static result => result.Targets).Any(static target => target.IsFloorReached == false)
            ? ExitCode.ShortOfAFloor
            : ExitCode.Success;
    }
}

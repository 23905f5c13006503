using LockFree.Benchmarks.Comparing;
using LockFree.Benchmarks.Maps;

return CompareOptions.TryParse(args, out CompareOptions? options, out string? problem)
    ? Compare(options!)
    : Explain(problem!);

static int Compare(CompareOptions options)
{
    IEnumerable<Workload> workloads = MapWorkloads.All(options.IsQuick)
        .Where(workload => workload.Name.Contains(options.Filter, StringComparison.OrdinalIgnoreCase));
    ComparisonReport.WriteHeader(Console.Out);
    var results = new List<WorkloadResult>();
    var runner = new ComparisonRunner(options.IsQuick);
    foreach (Workload workload in workloads)
    {
        WorkloadResult result = runner.Run(workload);
        results.Add(result);
        ComparisonReport.WriteRow(Console.Out, result);
    }
    ComparisonReport.WriteSummary(Console.Out, results);
    if (options.JsonFile is not null)
        ComparisonReport.WriteJson(options.JsonFile, results);
    return 0;
}

static int Explain(string problem)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine("Usage: compare [--quick] [--filter NAME] [--json FILE]");
    return 1;
}

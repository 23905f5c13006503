using System.CommandLine;
using System.Reflection;
using LockFree.RealCode;

// What the rules say about public code bases, kept as data and compared with fresh runs.
string recordFolder = typeof(RepositoryRecord).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "RecordFolder").Value!;

Argument<string> folder = new("FOLDER") { Description = "Where the repositories are laid out, each in a folder of its record's name, at its record's commit." };
Option<string[]> rules = new("--rules") { Description = "Only these rules.", AllowMultipleArgumentsPerToken = true };
Option<string[]> only = new("--only") { Description = "Only these repositories.", AllowMultipleArgumentsPerToken = true };
Option<bool> update = new("--update") { Description = "Write what was found into the records; what is new there is unread." };

Command compare = new("compare", "Check the laid-out repositories and compare with the records.") { folder, rules, only, update };
compare.SetAction(async (parsed, cancellationToken) =>
{
    HashSet<string> wanted = [.. parsed.GetValue(rules) ?? []];
    string root = Path.GetFullPath(parsed.GetValue(folder)!);
    int same = 0;
    int compared = 0;
    foreach (RepositoryRecord record in RepositoryRecord.LoadAll(recordFolder))
    {
        string sources = Path.Combine(root, record.Name);
        if (parsed.GetValue(only) is { Length: > 0 } names && !names.Contains(record.Name, StringComparer.OrdinalIgnoreCase))
            continue;
        if (!Directory.Exists(sources))
        {
            Console.WriteLine($"{record.Name}: not compared; lay out {record.Repository} at {record.Commit} in {sources}.");
            continue;
        }

        Comparison comparison = new(record, await FreshRun.OfAsync(sources, wanted, cancellationToken), wanted);
        compared++;
        same += comparison.IsSame ? 1 : 0;
        Console.WriteLine($"{record.Name}: {comparison.Found.Count} found, {comparison.New.Count} new, {comparison.Gone.Count} gone, {comparison.Changed.Count} changed");
        foreach ((string what, RecordedFinding finding) in comparison.New.Select(finding => ("new", finding))
            .Concat(comparison.Gone.Select(finding => ("gone", finding))).Concat(comparison.Changed.Select(finding => ("changed", finding))))
        {
            Console.WriteLine($"  {what,-7} {finding.Rule} {finding.Severity} {finding.Path}:{finding.Line} {finding.Message}");
        }

        if (parsed.GetValue(update))
            comparison.Updated().Save();
    }

    Console.WriteLine($"{compared} repositories compared, {same} as recorded.");
    return compared > 0 && same == compared ? 0 : 1;
});

Command table = new("table", "Print the figures of docs/real-code.md.");
table.SetAction(_ => Console.Write(PrecisionTable.Of(RepositoryRecord.LoadAll(recordFolder))));

Argument<string> repository = new("FOLDER") { Description = "One laid-out repository." };
Option<int> runs = new("--runs") { Description = "Runs that are counted, after one that warms up.", DefaultValueFactory = _ => 3 };
Command cost = new("cost", "Measure what each analyzer costs beside compiling a repository.") { repository, runs };
cost.SetAction(async (parsed, cancellationToken) =>
    Console.Write(await new AnalyzerCost().MeasureAsync(Path.GetFullPath(parsed.GetValue(repository)!), parsed.GetValue(runs), cancellationToken)));

Command fixAll = new("fixall", "Fix the laid-out repositories in memory, one by one and at once, and compare.") { folder, only };
fixAll.SetAction(async (parsed, cancellationToken) =>
{
    string[] names = parsed.GetValue(only) is { Length: > 0 } given ? given : [.. RepositoryRecord.LoadAll(recordFolder).Select(record => record.Name)];
    List<FixedRule> all = [];
    foreach (string name in names)
    {
        foreach (FixedRule result in await new FixEverything().RunAsync(Path.Combine(Path.GetFullPath(parsed.GetValue(folder)!), name), cancellationToken))
        {
            all.Add(result);
            Console.WriteLine($"{name} {result.Project} {result.Rule}: {result.Sites} fixed in {result.Files} files, FixAll differs in {result.Different.Length}, a second run fixes {result.Again}");
            foreach (string line in result.Different.Select(path => "different: " + path).Concat(result.GivenUp))
                Console.WriteLine("  " + line);
        }
    }

    Console.WriteLine($"{names.Length} repositories, {all.Sum(result => result.Sites)} sites fixed, {all.Count(result => !result.IsAsItShouldBe)} of {all.Count} rules in a project not as they should be.");
    return all.Count > 0 && all.TrueForAll(result => result.IsAsItShouldBe) ? 0 : 1;
});

RootCommand command = new("Keeps what the rules say about public code bases, and how right they are.") { compare, fixAll, table, cost };
try
{
    return await command.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (InvalidDataException wrongInput)
{
    Console.Error.WriteLine(wrongInput.Message);
    return 2;
}

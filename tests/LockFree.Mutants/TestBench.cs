using System.Xml.Linq;

namespace LockFree.Mutants;

/// <summary>A copy of a test project's output in a temporary folder, where one assembly is replaced by a mutated one and tests are run.</summary>
internal sealed class TestBench : IDisposable
{
    /// <summary>What a run takes when nothing hangs, several times over.</summary>
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(240);

    private static readonly XNamespace Results = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    private readonly string _folder = Directory.CreateTempSubdirectory("lockfree-mutant-").FullName;
    private readonly string _tests;

    public TestBench(string testAssembly)
    {
        _tests = Path.Combine(_folder, Path.GetFileName(testAssembly));
        string source = Path.GetDirectoryName(testAssembly)!;
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public string PathOf(string assembly) => Path.Combine(_folder, Path.GetFileName(assembly));

    /// <summary>Runs tests until the first fails.</summary>
    public async Task<Verdict> RunAsync(string filter)
    {
        string results = Path.Combine(_folder, "results");
        (int? exitCode, string output) = await ChildProcess.RunAsync(
            "dotnet",
            [
                "test", _tests, "--filter", filter, "--logger", "trx;LogFileName=results.trx", "--results-directory", results,
                // In parallel, the runner falls over its own cancellation of what is still to come.
                "--", "xUnit.StopOnFail=true", "xUnit.ParallelizeTestCollections=false",
            ],
            HangLimit);
        if (exitCode is null)
            return new Verdict(true, $"hangs: ended after {HangLimit.TotalSeconds:F0} s", output);

        string trx = Path.Combine(results, "results.trx");
        if (!File.Exists(trx))
            return new Verdict(exitCode != 0, "brings the test process down", output);
        XElement[] run = [.. XDocument.Load(trx).Descendants(Results + "UnitTestResult")];
        string? failed = run.FirstOrDefault(test => test.Attribute("outcome")?.Value == "Failed")?.Attribute("testName")?.Value;
        if (failed is null && exitCode != 0)
            return new Verdict(true, "brings the test process down", output);
        // A filter that selects nothing would let everything pass.
        return failed is not null || run.Length > 0
            ? new Verdict(failed is not null, failed ?? $"{run.Length} tests pass", output)
            : throw new InvalidDataException($"No test of {Path.GetFileName(_tests)} fits '{filter}'.\n{output}");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

namespace LockFree.Mutants;

/// <summary>A copy of a test project's output in a temporary folder, where one assembly is replaced by a mutated one and tests are run.</summary>
internal sealed class TestBench : IDisposable
{
    /// <summary>What a run takes when nothing hangs, several times over.</summary>
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(240);

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

    /// <summary>Puts an assembly in the place of the one that the tests were built with.</summary>
    /// <exception cref="InvalidDataException">The tests have no such assembly: no change of it could ever be noticed.</exception>
    public void Replace(string assembly)
    {
        string place = Path.Combine(_folder, Path.GetFileName(assembly));
        if (!File.Exists(place))
            throw new InvalidDataException($"{Path.GetFileName(_tests)} does without {Path.GetFileName(assembly)}.");
        File.Copy(assembly, place, overwrite: true);
    }

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
        return exitCode is { } code
            ? TestResults.Judge(Path.Combine(results, "results.trx"), code, output)
            : new Verdict(VerdictKind.Hang, $"ended after {HangLimit.TotalSeconds:F0} s", Ran: 0, output);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

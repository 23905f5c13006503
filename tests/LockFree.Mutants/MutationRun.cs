using System.Diagnostics;

namespace LockFree.Mutants;

/// <summary>Compiles mutants and shows them to the tests that have to notice.</summary>
internal sealed class MutationRun(string repositoryRoot, string configuration) : IDisposable
{
    private readonly ProjectCollection _projects = new(repositoryRoot, configuration);
    private readonly string _folder = Directory.CreateTempSubdirectory("lockfree-mutants-").FullName;
    private readonly Dictionary<string, string> _assemblies = [];
    private readonly Dictionary<TestTarget, Verdict> _controls = [];
    private readonly Dictionary<VerdictKind, int> _verdicts = [];
    private int _equivalent;

    private int Survived => _verdicts.GetValueOrDefault(VerdictKind.Survived);

    public bool IsClean => Survived == 0;

    /// <summary>
    /// All mutants must fit the code and compile before any is tried, also those that are not run now: what a change of the code has made void is an error of
    /// its own, whatever the tests make of the others.
    /// </summary>
    public async Task<bool> CompileAsync(IReadOnlyList<Mutant> all, IReadOnlyCollection<Mutant> chosen)
    {
        bool areAllSound = true;
        foreach (Mutant mutant in all)
        {
            try
            {
                CompiledProject project = await _projects.LoadForAsync(mutant.File, mutant.Target.Project);
                string path = PathOf(mutant);
                string source = mutant.ApplyTo(File.ReadAllText(path));
                if (chosen.Contains(mutant) && mutant.Equivalent is null)
                    _assemblies[mutant.Name] = project.Emit(path, source, Path.Combine(_folder, mutant.Name));
                else
                    project.Check(path, source);
            }
            catch (InvalidDataException mismatch)
            {
                areAllSound = false;
                Console.WriteLine($"{mutant.Name}: {mismatch.Message}");
            }
        }
        return areAllSound;
    }

    /// <summary>The tests must pass on the code as it is. Otherwise nothing they say about mutants counts.</summary>
    /// <exception cref="InvalidDataException">They do not.</exception>
    public async Task RequireSoundTestsAsync(IReadOnlyList<Mutant> mutants)
    {
        foreach (IGrouping<string, Mutant> ofProject in mutants.GroupBy(mutant => mutant.Target.Project))
        {
            string filter = string.Join('|', ofProject.Select(mutant => $"({mutant.Target.Filter})").Distinct());
            Verdict verdict = await RunUnchangedAsync(ofProject.First() with { Target = new TestTarget(ofProject.Key, filter) });
            Console.WriteLine($"unchanged   {Path.GetFileName(ofProject.Key)}: {verdict.By}");
        }
    }

    public async Task TryAsync(Mutant mutant)
    {
        if (mutant.Equivalent is not null)
        {
            _equivalent++;
            Console.WriteLine($"equivalent  {mutant.Name}: {mutant.Equivalent}");
            return;
        }
        var watch = Stopwatch.StartNew();
        Verdict verdict = await RunAsync(mutant.Target, _assemblies[mutant.Name]);
        double seconds = watch.Elapsed.TotalSeconds;
        if (verdict.Kind != VerdictKind.FailedTest)
            await RequireControlAsync(mutant, verdict);
        _verdicts[verdict.Kind] = _verdicts.GetValueOrDefault(verdict.Kind) + 1;
        Console.WriteLine($"{TextOf(verdict.Kind),-11} {mutant.Name} ({seconds:F1} s): {verdict.By}");
    }

    public void WriteSummary()
    {
        Console.WriteLine();
        foreach ((VerdictKind kind, int count) in _verdicts.Where(entry => entry.Key != VerdictKind.Survived).OrderBy(entry => entry.Key))
            Console.WriteLine($"{count,4} killed by a {TextOf(kind)}");
        string equivalent = _equivalent == 0 ? "" : $", {_equivalent} equivalent";
        Console.WriteLine($"{_verdicts.Values.Sum() - Survived} killed, {Survived} survived{equivalent}");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>
    /// Where no failed test tells what is wrong, the same run without the fault must pass: so a crash or a hang has come of the fault and not of the runner,
    /// and tests that passed are the ones that were meant.
    /// </summary>
    private async Task RequireControlAsync(Mutant mutant, Verdict verdict)
    {
        if (!_controls.TryGetValue(mutant.Target, out Verdict? control))
            _controls[mutant.Target] = control = await RunUnchangedAsync(mutant);
        if (verdict.Kind == VerdictKind.Survived && verdict.Ran != control.Ran)
            throw new InvalidDataException($"{mutant.Name}: only {verdict.Ran} of {control.Ran} tests ran.\n{verdict.Output}");
    }

    private async Task<Verdict> RunUnchangedAsync(Mutant mutant)
    {
        CompiledProject project = await _projects.LoadForAsync(mutant.File, mutant.Target.Project);
        string unchanged = project.Emit(PathOf(mutant), File.ReadAllText(PathOf(mutant)), Path.Combine(_folder, "unchanged"));
        Verdict verdict = await RunAsync(mutant.Target, unchanged);
        return verdict is { Kind: VerdictKind.Survived, Ran: > 0 }
            ? verdict
            : throw new InvalidDataException(
                $"The unchanged code does not pass '{mutant.Target.Filter}' of {mutant.Target.Project}: {verdict.By}\n{verdict.Output}");
    }

    private async Task<Verdict> RunAsync(TestTarget target, string assembly)
    {
        using var bench = new TestBench((await _projects.LoadAsync(target.Project)).OutputFile);
        bench.Replace(assembly);
        return await bench.RunAsync(target.Filter);
    }

    private string PathOf(Mutant mutant) => Path.Combine(repositoryRoot, mutant.File);

    private static string TextOf(VerdictKind kind) => kind switch
    {
        VerdictKind.Survived => "SURVIVED",
        VerdictKind.FailedTest => "failed test",
        VerdictKind.Crash => "crash",
        VerdictKind.Hang => "hang",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

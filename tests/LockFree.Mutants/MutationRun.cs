using System.Diagnostics;

namespace LockFree.Mutants;

/// <summary>Compiles mutants and shows them to the tests that have to notice.</summary>
internal sealed class MutationRun(string repositoryRoot, string configuration)
{
    private const string Runtime = "src/LockFree.Runtime";
    private const string ShadowTests = "tests/LockFree.Runtime.Shadow.Tests";

    private readonly Dictionary<string, CompiledProject> _projects = [];

    public int Killed { get; private set; }

    public int Survived { get; private set; }

    public async Task LoadAsync()
    {
        foreach (string project in (string[])[Runtime, "tests/LockFree.Runtime.Tests", ShadowTests])
            _projects[project] = await CompiledProject.LoadAsync(Path.Combine(repositoryRoot, project), configuration);
    }

    /// <summary>All mutants must apply before any is tried: one that does not is an error of its own, whatever the others do.</summary>
    public bool Apply(IReadOnlyList<Mutant> mutants)
    {
        bool doAllApply = true;
        foreach (Mutant mutant in mutants)
        {
            try
            {
                Mutated(mutant);
            }
            catch (InvalidDataException mismatch)
            {
                doAllApply = false;
                Console.WriteLine(mismatch.Message);
            }
        }
        return doAllApply;
    }

    /// <summary>The tests must pass on the code as it is, compiled and run in the same way. Otherwise nothing they say about mutants counts.</summary>
    public async Task<bool> IsSoundAsync(IReadOnlyList<Mutant> mutants)
    {
        bool isSound = true;
        foreach (IGrouping<string, Mutant> ofProject in mutants.GroupBy(mutant => mutant.Target.Project))
        {
            Mutant any = ofProject.First();
            string filter = string.Join('|', ofProject.Select(mutant => $"({mutant.Target.Filter})").Distinct());
            Verdict verdict = await RunAsync(any, File.ReadAllText(PathOf(any)), filter);
            Console.WriteLine($"unchanged  {Path.GetFileName(ofProject.Key)}: {verdict.By}");
            if (verdict.IsKilled)
                Console.WriteLine(verdict.Output);
            isSound &= !verdict.IsKilled;
        }
        return isSound;
    }

    public async Task TryAsync(Mutant mutant)
    {
        if (mutant.Equivalent is not null)
        {
            Console.WriteLine($"equivalent {mutant.Name}: {mutant.Equivalent}");
            return;
        }
        var watch = Stopwatch.StartNew();
        Verdict verdict = await RunAsync(mutant, Mutated(mutant), mutant.Target.Filter);
        Console.WriteLine($"{(verdict.IsKilled ? "killed  " : "SURVIVED")}   {mutant.Name} ({watch.Elapsed.TotalSeconds:F1} s): {verdict.By}");
        if (verdict.IsKilled)
            Killed++;
        else
            Survived++;
    }

    private async Task<Verdict> RunAsync(Mutant mutant, string source, string filter)
    {
        // The shadow tests compile the sources themselves, the others reference the assembly made of them.
        CompiledProject mutated = _projects[mutant.Target.Project == ShadowTests ? ShadowTests : Runtime];
        using var bench = new TestBench(_projects[mutant.Target.Project].OutputFile);
        mutated.Emit(PathOf(mutant), source, bench.PathOf(mutated.OutputFile));
        return await bench.RunAsync(filter);
    }

    private string Mutated(Mutant mutant) => mutant.ApplyTo(File.ReadAllText(PathOf(mutant)));

    private string PathOf(Mutant mutant) => Path.Combine(repositoryRoot, mutant.File);
}

using System.CommandLine;
using System.Reflection;
using LockFree.Mutants;

const string Purpose = "Breaks the runtime on purpose, one fault at a time, and sees whether the tests notice.";

string Metadata(string key) =>
    typeof(Mutant).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == key).Value!;

string root = Metadata("RepositoryRoot");

Argument<string[]> names = new("NAME") { Description = "Only these mutants.", Arity = ArgumentArity.ZeroOrMore };
Option<bool> quick = new("--quick") { Description = "Only the mutants marked as quick." };
RootCommand command = new(Purpose) { names, quick };
command.SetAction(async (parsed, _) =>
{
    string[] wanted = parsed.GetValue(names)!;
    IReadOnlyList<Mutant> all = MutantFile.LoadAll(Path.Combine(root, "tests", "mutants"));
    if (wanted.Except(all.Select(mutant => mutant.Name)).ToArray() is [string unknown, ..])
        throw new InvalidDataException($"There is no mutant '{unknown}'.");
    Mutant[] chosen = [.. all
        .Where(mutant => wanted.Length == 0 || wanted.Contains(mutant.Name))
        .Where(mutant => !parsed.GetValue(quick) || mutant.IsQuick)];
    if (chosen.Length == 0)
        throw new InvalidDataException("No mutant is to be run.");

    using var run = new MutationRun(root, Metadata("Configuration"));
    if (!await run.CompileAsync(all, chosen))
        return 1;
    await run.RequireSoundTestsAsync([.. chosen.Where(mutant => mutant.Equivalent is null)]);
    foreach (Mutant mutant in chosen)
        await run.TryAsync(mutant);
    run.WriteSummary();
    return run.IsClean ? 0 : 1;
});

try
{
    return await command.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (InvalidDataException mistake)
{
    Console.Error.WriteLine(mistake.Message);
    return 1;
}

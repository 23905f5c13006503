using BenchmarkDotNet.Running;
using LockFree.Benchmarks;
using LockFree.Benchmarks.Comparing;
using LockFree.Benchmarks.Generation;
using LockFree.Benchmarks.Plotting;

return (int)(args switch
{
    ["compare", .. string[] rest] => Compare(rest),
    ["tables", _, ..] => TablesCommand.Run(args[1..], Console.Out),
    ["plots", string file, string directory] => PlotsCommand.Run(file, directory),
    ["generator"] => GeneratorCommand.Run(classes: 1000, Console.Out),
    ["bdn", .. string[] rest] => RunBenchmarkDotNet(rest),
    _ => Explain("The first argument is the command."),
});

static ExitCode Compare(string[] arguments) => CompareOptions.TryParse(arguments, out CompareOptions options, out string? problem)
    ? CompareCommand.Run(options, AllWorkloads.Of(options.IsQuick), Console.Out)
    : Explain(problem!);

static ExitCode RunBenchmarkDotNet(string[] arguments)
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(arguments);
    return ExitCode.Success;
}

static ExitCode Explain(string problem)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(
        """
        Usage: compare [--quick] [--filter NAME]... [--json FILE]   measures side by side; exit code 1 if a floor is not reached
               tables FILE.json...                                  the table of one run or several, from what --json wrote
               plots FILE.json DIRECTORY                            charts as SVG, from the same
               generator                                            the source generator in an editor, 1,000 accessors classes
               bdn [ARGUMENT]...                                    BenchmarkDotNet, with its own arguments
        """);
    return ExitCode.Misused;
}

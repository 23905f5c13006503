using LockFree.Cli.Commands;
using LockFree.Cli.Rules;
using LockFree.Generators;

namespace LockFree.Cli.Tests;

/// <summary>What one run of the command line did.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    /// <summary>The throw-away rules of these tests.</summary>
    private static readonly Lazy<RuleCatalogue> TestRules = new(() => RuleCatalogue.Load(typeof(CommandRun).Assembly));

    private static readonly Lazy<RuleCatalogue> TestRulesAndGenerator =
        new(() => RuleCatalogue.Load(typeof(CommandRun).Assembly, typeof(ClientAccessorsGenerator).Assembly));

    private static readonly Lazy<RuleCatalogue> Shipped = new(RuleCatalogue.LoadShipped);

    /// <summary>Runs with the test rules, in <paramref name="folder"/>.</summary>
    public static Task<CommandRun> InAsync(TemporaryFolder folder, params string[] arguments) => RunAsync(TestRules, folder.Path, arguments, default);

    /// <summary>The same, stopped by <paramref name="cancellationToken"/> as Ctrl-C would.</summary>
    public static Task<CommandRun> InAsync(TemporaryFolder folder, CancellationToken cancellationToken, params string[] arguments) =>
        RunAsync(TestRules, folder.Path, arguments, cancellationToken);

    /// <summary>The same, the shipped generator beside the test rules.</summary>
    public static Task<CommandRun> WithGeneratorInAsync(TemporaryFolder folder, params string[] arguments) =>
        RunAsync(TestRulesAndGenerator, folder.Path, arguments, default);

    /// <summary>Runs with the rules that are shipped.</summary>
    public static Task<CommandRun> ShippedInAsync(string folder, params string[] arguments) => RunAsync(Shipped, folder, arguments, default);

    private static async Task<CommandRun> RunAsync(Lazy<RuleCatalogue> rules, string folder, string[] arguments, CancellationToken cancellationToken)
    {
        StringWriter output = new() { NewLine = "\n" };
        StringWriter error = new() { NewLine = "\n" };
        CommandContext context = new(rules, output, error, folder, OutputColours: false, ShowProgress: false);
        int exitCode = await LockFreeCommand.RunAsync(arguments, context, cancellationToken);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }
}

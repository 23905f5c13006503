using System.CommandLine;

namespace LockFree.Cli.Commands;

/// <summary>The command line as a whole.</summary>
internal static class LockFreeCommand
{
    /// <summary>Parses and runs. A mistake in the arguments is one line and exit code 2.</summary>
    public static async Task<int> RunAsync(string[] arguments, CommandContext context, CancellationToken cancellationToken = default)
    {
        RootCommand root = new("Checks .NET sources against the lock-free migration checklist and applies the fixes.")
        {
            CheckCommand.Create(context),
            FixCommand.Create(context),
            RulesCommand.Create(context),
            ExplainCommand.Create(context),
            ExplainTypeCommand.Create(context),
        };

        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            // One mistake, such as an unknown command, may be reported again as what is then missing.
            context.Complain($"{parsed.Errors[^1].Message.TrimEnd('.')}; see 'lockfree --help'.");
            return ExitCode.CouldNotRun;
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = context.Output,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(1),
            },
            cancellationToken);
    }
}

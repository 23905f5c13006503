using System.CommandLine;
using LockFree.Cli.Checking;
using LockFree.Cli.Loading;
using LockFree.Cli.Reporting;
using LockFree.Cli.Rules;

namespace LockFree.Cli.Commands;

/// <summary><c>lockfree check</c>: where a code base stands with the checklist.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string[]> paths = SharedOptions.Paths();
        Option<bool> loose = SharedOptions.Loose();
        Option<string> failOn = SharedOptions.FailOn();

        Command command = new("check", "Check sources against the migration checklist.") { paths, loose, failOn };
        command.SetAction((parsed, cancellationToken) => CommandExecution.GuardAsync(context, async () =>
        {
            IReadOnlyList<string> inputs = SharedOptions.FullPaths(parsed.GetValue(paths), context);
            ReportPaths reportPaths = new(SharedOptions.BaseFolder(inputs, context));
            RuleCatalogue rules = context.Rules.Value;

            LoadedInput input = await InputLoader.LoadAsync(inputs, parsed.GetValue(loose), cancellationToken);
            CheckResult result = await ProgressDisplay.RunAsync(context.ShowProgress,
                progress => new CheckRun(rules, input).RunAsync(progress, cancellationToken));

            new TextReport(rules, reportPaths, new StyledWriter(context.Output, context.OutputColours)).Write(result);
            CommandExecution.Complain(context, reportPaths, result);
            return CommandExecution.ExitCodeOf(result, SharedOptions.Bar(parsed.GetValue(failOn)!));
        }));
        return command;
    }
}

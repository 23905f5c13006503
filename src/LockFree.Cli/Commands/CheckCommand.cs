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
        Option<string> format = new Option<string>("--format") { Description = "How to write the report.", DefaultValueFactory = _ => "text" }
            .AcceptOnlyFromAmong("text", "json", "sarif");
        Option<string?> outputFile = new("--output", "-o") { Description = "Write the report to a file instead of the standard output.", HelpName = "FILE" };

        Command command = new("check", "Check sources against the migration checklist.") { paths, format, outputFile, failOn, loose };
        command.SetAction((parsed, cancellationToken) => CommandExecution.GuardAsync(context, async () =>
        {
            IReadOnlyList<string> inputs = SharedOptions.FullPaths(parsed.GetValue(paths), context);
            ReportPaths reportPaths = new(SharedOptions.BaseFolder(inputs, context));
            RuleCatalogue rules = context.Rules.Value;

            CheckResult result = await ProgressDisplay.RunAsync(context.ShowProgress, async progress =>
            {
                LoadedInput input = await InputLoader.LoadAsync(inputs, parsed.GetValue(loose), progress, cancellationToken);
                return await new CheckRun(rules, input).RunAsync(progress, cancellationToken);
            });

            ReportDestination destination = new(context, parsed.GetValue(outputFile));
            destination.Write((writer, colours) => CheckReport.Write(parsed.GetValue(format)!, rules, reportPaths, result, writer, colours));
            CommandExecution.Complain(context, reportPaths, result);
            return CommandExecution.ExitCodeOf(result, SharedOptions.Bar(parsed.GetValue(failOn)!));
        }));
        return command;
    }
}

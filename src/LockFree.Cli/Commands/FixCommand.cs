using System.Collections.Immutable;
using System.CommandLine;
using LockFree.Cli.Checking;
using LockFree.Cli.Fixing;
using LockFree.Cli.Loading;
using LockFree.Cli.Reporting;
using LockFree.Cli.Rules;

namespace LockFree.Cli.Commands;

/// <summary><c>lockfree fix</c>: applies the automatic fixes.</summary>
internal static class FixCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string[]> paths = SharedOptions.Paths();
        Option<bool> loose = SharedOptions.Loose();
        Option<string> failOn = SharedOptions.FailOn();
        Option<string?> rules = new("--rules") { Description = "Fix only these rules, separated by commas. Default: all that have a fix.", HelpName = "LF1001,LF6001" };
        Option<bool> dryRun = new("--dry-run") { Description = "Change no file; print the changes as a patch." };

        Command command = new("fix", "Apply the automatic fixes.") { paths, rules, dryRun, loose, failOn };
        command.SetAction((parsed, cancellationToken) => CommandExecution.GuardAsync(context, async () =>
        {
            IReadOnlyList<string> inputs = SharedOptions.FullPaths(parsed.GetValue(paths), context);
            ReportPaths reportPaths = new(SharedOptions.BaseFolder(inputs, context));
            RuleCatalogue catalogue = context.Rules.Value;
            ImmutableHashSet<string>? onlyRules = SelectedRules(parsed.GetValue(rules), catalogue);

            FixResult result = await ProgressDisplay.RunAsync(context.ShowProgress, async progress =>
            {
                LoadedInput input = await InputLoader.LoadAsync(inputs, parsed.GetValue(loose), progress, cancellationToken);
                return await new FixRun(catalogue, input, onlyRules).RunAsync(progress, cancellationToken);
            });

            StyledWriter output = new(context.Output, context.OutputColours);
            if (parsed.GetValue(dryRun))
            {
                new FixReport(reportPaths, output).WritePatch(result);
                new FixReport(reportPaths, new StyledWriter(context.Error, colours: false)).WriteSummary(result, dryRun: true);
            }
            else
            {
                ChangeWriter.Write(result.Changed, cancellationToken);
                new FixReport(reportPaths, output).WriteSummary(result, dryRun: false);
            }

            CheckResult after = result.Check with { Findings = result.Remaining, Failures = result.Failures, Problems = [.. result.Check.Problems, .. ReadOnlyProblems(result)] };
            CommandExecution.Complain(context, reportPaths, after);
            return CommandExecution.ExitCodeOf(after, SharedOptions.Bar(parsed.GetValue(failOn)!));
        }));
        return command;
    }

    private static ImmutableHashSet<string>? SelectedRules(string? list, RuleCatalogue catalogue)
    {
        if (list is null)
            return null;

        string[] ids = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (ids.FirstOrDefault(id => catalogue.Find(id) is null) is { } unknown)
            throw new InputException(RulePages.UnknownRule(unknown));
        return [.. ids.Select(id => catalogue.Find(id)!.Id)];
    }

    private static IEnumerable<string> ReadOnlyProblems(FixResult result) => result.Unfixed
        .Select(finding => finding.Reason)
        .OfType<string>()
        .Where(ReadOnlyFiles.IsRefusal)
        .Select(reason => reason + ".")
        .Distinct(StringComparer.Ordinal);
}

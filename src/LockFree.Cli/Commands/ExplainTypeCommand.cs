using System.CommandLine;
using LockFree.Cli.Explaining;
using LockFree.Cli.Loading;
using LockFree.Cli.Reporting;

namespace LockFree.Cli.Commands;

/// <summary><c>lockfree explain-type PATH TYPE</c>: which lock guards what in one type, and why the rules say what they say.</summary>
internal static class ExplainTypeCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> path = SharedOptions.SinglePath();
        Argument<string> type = new("TYPE") { Description = "The type's name, with as many of the names around it as it takes: Cache, Outer.Cache, My.Space.Cache." };
        Option<bool> loose = SharedOptions.Loose();

        Command command = new("explain-type", "Show which lock guards which fields of a type, and why a finding was or was not made.") { path, type, loose };
        command.SetAction((parsed, cancellationToken) => CommandExecution.GuardAsync(context, async () =>
        {
            IReadOnlyList<string> inputs = SharedOptions.FullPaths([parsed.GetValue(path)!], context);
            ReportPaths reportPaths = new(SharedOptions.BaseFolder(inputs, context));
            string name = parsed.GetValue(type)!;

            (LoadedInput input, IReadOnlyList<string> told) = await ProgressDisplay.RunAsync(context.ShowProgress, async progress =>
            {
                LoadedInput loaded = await InputLoader.LoadAsync(inputs, parsed.GetValue(loose), progress, cancellationToken);
                IReadOnlyList<string> explanations = await new TypeSearch(name).TellAsync(
                    loaded, (found, compilation) => TypeExplanation.Of(found, compilation, reportPaths, cancellationToken), progress, cancellationToken);
                return (loaded, explanations);
            });

            foreach (string problem in input.Problems)
                context.Complain(reportPaths.InMessage(problem));
            if (told.Count == 0)
                throw new InputException($"{name}: no type of that name is declared in {inputs[0]}; check its spelling, or give the folder or project that declares it.");
            context.Output.Write(string.Join('\n', told));
            return ExitCode.Clean;
        }));
        return command;
    }
}

using LockFree.Cli.Checking;
using LockFree.Cli.Loading;
using LockFree.Cli.Reporting;
using Microsoft.CodeAnalysis;

namespace LockFree.Cli.Commands;

/// <summary>What every command does around its work: turn problems into one line and an exit code.</summary>
internal static class CommandExecution
{
    /// <summary>Runs <paramref name="work"/>; a problem with the input becomes one line on the error stream.</summary>
    public static async Task<int> GuardAsync(CommandContext context, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (InputException input)
        {
            foreach (string problem in input.Problems)
                context.Complain(problem);
            return ExitCode.CouldNotRun;
        }
        catch (OperationCanceledException)
        {
            context.Complain("stopped.");
            return ExitCode.Cancelled;
        }
        catch (Exception bug)
        {
            context.Complain($"internal error: {bug.GetType().Name}: {bug.Message} Please report this with what follows.");
            context.Error.WriteLine(bug.StackTrace);
            return ExitCode.CouldNotRun;
        }
    }

    /// <summary>Writes what could not be looked at, and what MSBuild remarked about the rest, one line each.</summary>
    public static void Complain(CommandContext context, ReportPaths paths, CheckResult result)
    {
        foreach (string remark in result.Remarks)
            context.Complain("warning: " + paths.InMessage(remark));
        foreach (string problem in result.Problems)
            context.Complain(paths.InMessage(problem));
        foreach (ToolFailure failure in result.Failures)
        {
            string place = failure.Place.Length == 0 ? "" : $" at {paths.InMessage(failure.Place)}";
            context.Complain($"internal error: {failure.Component} failed{place}: {failure.Reason}. The other rules went on; please report this.");
        }
    }

    /// <summary>An incomplete run outweighs findings: a script must not take it for an answer.</summary>
    public static int ExitCodeOf(CheckResult result, DiagnosticSeverity? bar)
    {
        if (!result.IsComplete)
            return ExitCode.CouldNotRun;
        return result.Reaches(bar) ? ExitCode.Findings : ExitCode.Clean;
    }
}

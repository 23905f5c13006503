using System.Diagnostics;

namespace LockFree.Schedules;

/// <summary>
/// Turns every task, lock, volatile read and interlocked operation of an assembly into a scheduling point of Coyote's: changes the file.
/// </summary>
internal static class CoyoteRewriter
{
    public static void Rewrite(string assemblyPath)
    {
        var start = new ProcessStartInfo("dotnet", [BuildFacts.CoyoteTool, "rewrite", assemblyPath])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_ROLL_FORWARD"] = "LatestMajor", ["COYOTE_CLI_TELEMETRY_OPTOUT"] = "1" },
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"Rewriting {assemblyPath} failed:\n{output}{errors.Result}");
    }
}

using System.Diagnostics;
using System.Text;

namespace LockFree.Mutants;

/// <summary>Runs other programs.</summary>
internal static class ChildProcess
{
    /// <summary>What a program prints that has to succeed.</summary>
    /// <exception cref="InvalidDataException">It fails.</exception>
    public static async Task<string> OutputOfAsync(string program, params string[] arguments)
    {
        (int? exitCode, string output) = await RunAsync(program, arguments, Timeout.InfiniteTimeSpan);
        return exitCode == 0 ? output : throw new InvalidDataException($"{program} {string.Join(' ', arguments)} failed:\n{output}");
    }

    /// <summary>Runs a program and everything it starts; the exit code is null if they had to be ended because they took too long.</summary>
    public static async Task<(int? ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var output = new StringBuilder();
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var timeout = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            return (null, TextOf());
        }
        return (process.ExitCode, TextOf());

        void Append(string? line)
        {
            lock (output)
                output.AppendLine(line);
        }

        string TextOf()
        {
            lock (output)
                return output.ToString();
        }
    }
}

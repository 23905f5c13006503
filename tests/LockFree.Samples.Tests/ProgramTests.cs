using System.Diagnostics;
using System.Runtime.Versioning;

namespace LockFree.Samples.Tests;

/// <summary>The programs themselves, in processes of their own.</summary>
[UnsupportedOSPlatform("windows")]
public class ProgramTests
{
    private const string ListeningLine = "Now listening on: ";

    [Theory]
    [InlineData("LegacyGateway")]
    [InlineData("Gateway")]
    public async Task AProgramServesUntilItIsToldToTerminate(string sample)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, $"{sample}.dll"),
                "--urls", "http://127.0.0.1:0",
                "--Gateway:RefreshInterval", "00:00:00.1",
            },
            RedirectStandardOutput = true,
        })!;
        try
        {
            using var http = new HttpClient { BaseAddress = await AddressAsync(program) };
            Assert.Contains("\"charge\"", await http.GetStringAsync("/routes"));

            using var terminate = Process.Start("kill", ["-TERM", program.Id.ToString()]);
            await program.StandardOutput.ReadToEndAsync();
            await program.WaitForExitAsync();
            Assert.Equal(0, program.ExitCode);
        }
        finally
        {
            program.Kill();
        }
    }

    private static async Task<Uri> AddressAsync(Process program)
    {
        while (await program.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(ListeningLine, StringComparison.Ordinal) is >= 0 and var start)
                return new Uri(line[(start + ListeningLine.Length)..]);
        }

        throw new InvalidOperationException("The program ended before it listened.");
    }
}

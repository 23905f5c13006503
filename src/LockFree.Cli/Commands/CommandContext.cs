using LockFree.Cli.Rules;

namespace LockFree.Cli.Commands;

/// <summary>What a command works with, so that tests can run it in process.</summary>
/// <param name="Rules">The hosted rules.</param>
/// <param name="Output">Where the report goes.</param>
/// <param name="Error">Where problems go, one line each.</param>
/// <param name="WorkingFolder">Relative paths start here.</param>
/// <param name="OutputColours">The output is a terminal that wants colours.</param>
/// <param name="ShowProgress">The error stream is a terminal: progress may be drawn on it.</param>
internal sealed record CommandContext(
    Lazy<RuleCatalogue> Rules, TextWriter Output, TextWriter Error, string WorkingFolder, bool OutputColours, bool ShowProgress)
{
    /// <summary>The context of the real process.</summary>
    public static CommandContext OfProcess() => new(
        new Lazy<RuleCatalogue>(RuleCatalogue.LoadShipped),
        Console.Out,
        Console.Error,
        Environment.CurrentDirectory,
        OutputColours: !Console.IsOutputRedirected && WantsColours(),
        ShowProgress: !Console.IsErrorRedirected && WantsColours());

    /// <summary>One line on the error stream.</summary>
    public void Complain(string message) => Error.WriteLine("lockfree: " + message.ReplaceLineEndings(" "));

    // https://no-color.org: present and not empty, whatever its value.
    private static bool WantsColours() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
}

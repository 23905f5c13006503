namespace LockFree.Cli.Commands;

/// <summary>What the process answers to the script that called it.</summary>
internal static class ExitCode
{
    /// <summary>Nothing at or over the bar.</summary>
    public const int Clean = 0;

    /// <summary>Findings at or over the bar.</summary>
    public const int Findings = 1;

    /// <summary>Something given could not be looked at, or a rule failed; what was reported is incomplete.</summary>
    public const int CouldNotRun = 2;

    /// <summary>Stopped by Ctrl-C, as shells number it.</summary>
    public const int Cancelled = 130;
}

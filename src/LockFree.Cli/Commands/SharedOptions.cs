using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.CodeAnalysis;

namespace LockFree.Cli.Commands;

/// <summary>The arguments and options that <c>check</c> and <c>fix</c> have in common.</summary>
internal static class SharedOptions
{
    public static Argument<string[]> Paths()
    {
        Argument<string[]> paths = new("PATH")
        {
            Description = "A .sln, .slnx or .csproj file (restored), or a folder of C# sources (needs neither restore nor build). Default: the current folder.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        paths.Validators.Add(RejectOptions);
        return paths;
    }

    /// <summary>The argument of a command that looks at one thing.</summary>
    public static Argument<string> SinglePath()
    {
        Argument<string> path = new("PATH") { Description = "A .sln, .slnx or .csproj file (restored), or a folder of C# sources (needs neither restore nor build)." };
        path.Validators.Add(RejectOptions);
        return path;
    }

    public static Option<bool> Loose() => new("--loose")
    {
        Description = "Read project and solution files without MSBuild, too: no restore, no build; what does not bind is counted.",
    };

    public static Option<string> FailOn()
    {
        Option<string> option = new("--fail-on")
        {
            Description = "Exit with 1 if a finding is at least this severe.",
            DefaultValueFactory = _ => "warning",
        };
        return option.AcceptOnlyFromAmong("none", "info", "warning", "error");
    }

    /// <summary>The severity <c>--fail-on</c> names; null for none.</summary>
    public static DiagnosticSeverity? Bar(string value) => value switch
    {
        "info" => DiagnosticSeverity.Info,
        "warning" => DiagnosticSeverity.Warning,
        "error" => DiagnosticSeverity.Error,
        _ => null,
    };

    /// <summary>The given paths in full, or the current folder if none was given.</summary>
    public static IReadOnlyList<string> FullPaths(string[]? paths, CommandContext context) =>
        [.. (paths is { Length: > 0 } ? paths : ["."]).Select(path => Path.GetFullPath(path, context.WorkingFolder)).Distinct(StringComparer.Ordinal)];

    /// <summary>Reports name paths from the working folder if all input lies there, otherwise from the first input.</summary>
    public static string BaseFolder(IReadOnlyList<string> paths, CommandContext context)
    {
        if (paths.All(path => !Path.GetRelativePath(context.WorkingFolder, path).StartsWith("..", StringComparison.Ordinal)))
            return context.WorkingFolder;
        return Directory.Exists(paths[0]) ? paths[0] : Path.GetDirectoryName(paths[0])!;
    }

    // Otherwise a misspelt option would be looked for on the disk.
    private static void RejectOptions(ArgumentResult given)
    {
        if (given.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } option)
            given.AddError($"'{option.Value}' is no option of this command (a path that starts so is written ./{option.Value})");
    }
}

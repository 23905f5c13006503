using System.Text.Json;
using LockFree.Cli.Commands;

namespace LockFree.RealCode;

/// <summary>Runs <c>lockfree check --loose</c> over a laid-out repository and reads its report.</summary>
internal static class FreshRun
{
    /// <summary>The findings of <paramref name="rules"/>, by place; all of the checklist's where none are named.</summary>
    /// <exception cref="InvalidDataException">The tool could not look at everything, or one of its rules failed.</exception>
    public static async Task<IReadOnlyList<RecordedFinding>> OfAsync(string folder, IReadOnlySet<string> rules, CancellationToken cancellationToken)
    {
        string report = Path.GetTempFileName();
        try
        {
            CommandContext context = CommandContext.OfProcess();
            await LockFreeCommand.RunAsync(
                ["check", folder, "--loose", "--fail-on", "none", "--format", "json", "-o", report], context with { WorkingFolder = folder }, cancellationToken);
            return Read(folder, await File.ReadAllTextAsync(report, cancellationToken), rules);
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static IReadOnlyList<RecordedFinding> Read(string folder, string report, IReadOnlySet<string> rules)
    {
        if (report.Length == 0)
            throw new InvalidDataException($"{folder}: not checked; the reason is above.");
        using JsonDocument document = JsonDocument.Parse(report);
        JsonElement root = document.RootElement;
        if (root.GetProperty("internalErrors").GetArrayLength() > 0)
            throw new InvalidDataException($"{folder}: a rule failed: {root.GetProperty("internalErrors")}");
        return
        [
            .. root.GetProperty("findings").EnumerateArray()
                .Where(finding => finding.TryGetProperty("file", out _))
                .Select(Read)
                .Where(finding => rules.Count == 0 ? !finding.Rule.StartsWith("LF9", StringComparison.Ordinal) : rules.Contains(finding.Rule)),
        ];
    }

    private static RecordedFinding Read(JsonElement finding) => new()
    {
        Rule = finding.GetProperty("rule").GetString()!,
        // no rule is an error by itself: the repository treats warnings as errors
        Severity = finding.GetProperty("severity").GetString() is "error" or "warning" ? "warning" : "info",
        Path = finding.GetProperty("file").GetString()!,
        Line = finding.GetProperty("startLine").GetInt32(),
        // a loose check may refuse to apply what an editor offers, as it sees one target framework only
        HasFix = finding.TryGetProperty("fix", out _) || finding.TryGetProperty("noFixBecause", out _),
        Message = finding.GetProperty("message").GetString()!,
    };
}

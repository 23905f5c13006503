using System.Globalization;
using LockFree.Cli.Checking;
using LockFree.Cli.Fixing;
using LockFree.Cli.Loading;

namespace LockFree.Cli.Reporting;

/// <summary>What a fix run did, for a person.</summary>
internal sealed class FixReport(ReportPaths paths, StyledWriter writer)
{
    /// <summary>The patch a dry run would have applied.</summary>
    public void WritePatch(FixResult result)
    {
        foreach (SourceFile file in result.Changed)
            UnifiedDiff.Write(paths.Relative(file.Path), LineDifference.Between(file.OriginalText, file.Text.ToString()), writer);
    }

    /// <summary>What was fixed, and what was not and why.</summary>
    public void WriteSummary(FixResult result, bool dryRun)
    {
        string verb = dryRun ? "Would fix" : "Fixed";
        writer.WriteLine(result.Applied.IsEmpty
            ? "Nothing to fix automatically."
            : $"{verb} {Counted.Of(result.Applied.Length, "site")} in {Counted.Of(result.Changed.Length, "file")}.", TextStyle.Heading);
        foreach (AppliedFix fix in result.Applied)
            writer.Write($"  {Place(fix.Finding)}  {fix.Finding.Rule.Id}  ").WriteLine(fix.Title, TextStyle.Good);

        WriteUnfixed(result, dryRun);
        GapNotes.Write(result.Check.Gaps, paths, writer);
    }

    private void WriteUnfixed(FixResult result, bool dryRun)
    {
        if (result.Unfixed.IsEmpty)
            return;
        writer.WriteLine();
        writer.WriteLine($"Not fixed: {Counted.Of(result.Unfixed.Length, "site")}{WithoutFix(result)}.", TextStyle.Heading);

        // The lines are those of the fixed text, which a dry run leaves nobody with.
        Dictionary<string, LineDifference> changes = dryRun
            ? result.Changed.ToDictionary(file => file.Path, file => LineDifference.Between(file.OriginalText, file.Text.ToString()))
            : [];
        foreach ((Finding finding, string? reason) in result.Unfixed)
        {
            Finding shown = finding.Path is { } path && changes.TryGetValue(path, out LineDifference? change)
                ? finding.InLine(change.LineBefore(finding.Span.Start.Line))
                : finding;
            writer.WriteLine($"  {Place(shown)}  {finding.Rule.Id}  {finding.Message}");
            if (reason is not null)
                writer.WriteLine("    " + paths.InMessage(reason), TextStyle.Dim);
        }
    }

    private static string WithoutFix(FixResult result)
    {
        int count = result.Unfixed.Count(finding => finding.Reason is null);
        if (count == 0)
            return "";
        return count == result.Unfixed.Length
            ? ", none with an automatic fix"
            : string.Create(CultureInfo.InvariantCulture, $", {count:N0} without an automatic fix");
    }

    private string Place(Finding finding) => finding.Path is null
        ? finding.Project
        : string.Create(CultureInfo.InvariantCulture, $"{paths.Relative(finding.Path)}:{finding.Span.Start.Line + 1}");
}

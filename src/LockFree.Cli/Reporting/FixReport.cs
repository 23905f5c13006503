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

        if (result.Unfixed.IsEmpty)
            return;
        writer.WriteLine();
        writer.WriteLine($"Not fixed: {Counted.Of(result.Unfixed.Length, "site")}.", TextStyle.Heading);
        foreach (UnfixedFinding finding in result.Unfixed)
        {
            writer.WriteLine($"  {Place(finding.Finding)}  {finding.Finding.Rule.Id}  {finding.Finding.Message}");
            writer.WriteLine("    " + paths.InMessage(finding.Reason), TextStyle.Dim);
        }
    }

    private string Place(Finding finding) => finding.Path is null
        ? finding.Project
        : string.Create(CultureInfo.InvariantCulture, $"{paths.Relative(finding.Path)}:{finding.Span.Start.Line + 1}");
}

using System.Globalization;
using LockFree.Cli.Checking;
using LockFree.Cli.Rules;
using Microsoft.CodeAnalysis;

namespace LockFree.Cli.Reporting;

/// <summary>The report a person reads: the checklist first, then every finding under its item.</summary>
internal sealed class TextReport(RuleCatalogue catalogue, ReportPaths paths, StyledWriter writer)
{
    public void Write(CheckResult result)
    {
        writer.Write("Migration checklist", TextStyle.Heading);
        writer.WriteLine($": {Counted.Of(result.Projects, "project")}, {Counted.Of(result.Files, "file")}, {Counted.Of(result.Lines, "line")}");
        writer.WriteLine();
        ChecklistState[] states = [.. ChecklistState.Of(catalogue, result)];
        ChecklistState accessors = ChecklistState.OfAccessors(catalogue, result);
        foreach (ChecklistState state in states)
            WriteItem(state);
        if (accessors.Sites > 0)
            WriteItem(accessors);
        foreach (ChecklistState state in states.Append(accessors).Where(state => state.Sites > 0))
            WriteFindings(state.Item, result);
        GapNotes.Write(result.Gaps, paths, writer);
    }

    private void WriteItem(ChecklistState state)
    {
        (string box, TextStyle style) = state switch
        {
            { IsChecked: false } => ("[-]", TextStyle.Dim),
            { Sites: 0 } => ("[x]", TextStyle.Good),
            _ => ("[ ]", TextStyle.Warning),
        };
        writer.Write("  ").Write(box, style).Write($" {state.Item.Heading}: ").WriteLine(state.Summary, style);
    }

    private void WriteFindings(ChecklistItem item, CheckResult result)
    {
        writer.WriteLine();
        writer.WriteLine(item.Heading, TextStyle.Heading);
        foreach (Finding finding in result.Of(item))
        {
            writer.WriteLine();
            writer.Write("  ").Write(Place(finding)).Write("  ").Write(Label(finding.Severity), StyleOf(finding.Severity)).WriteLine(" " + finding.Rule.Id);
            if (finding.Excerpt.Length > 0)
                writer.Write("      ").WriteLine(finding.Excerpt, TextStyle.Code);
            writer.Write("    ").WriteLine(finding.Message);
            if (finding.Fix.IsAvailable)
                writer.Write("    fix: ", TextStyle.Good).WriteLine(finding.Fix.Title!);
            else if (finding.Fix.Refusal is { } refusal)
                writer.Write("    no automatic fix: ", TextStyle.Dim).WriteLine(paths.InMessage(refusal));
        }
    }

    private string Place(Finding finding) => finding.Path is null
        ? finding.Project
        : string.Create(CultureInfo.InvariantCulture, $"{paths.Relative(finding.Path)}:{finding.Span.Start.Line + 1}:{finding.Span.Start.Character + 1}");

    /// <summary>A severity as reports write it.</summary>
    public static string Label(DiagnosticSeverity severity) => severity.ToString().ToLowerInvariant();

    private static TextStyle StyleOf(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => TextStyle.Error,
        DiagnosticSeverity.Warning => TextStyle.Warning,
        _ => TextStyle.Note,
    };
}

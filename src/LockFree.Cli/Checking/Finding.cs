using LockFree.Cli.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LockFree.Cli.Checking;

/// <summary>One site a rule reports.</summary>
internal sealed record Finding
{
    public required DiagnosticDescriptor Rule { get; init; }

    /// <summary>The severity in force at the site: the rule's own unless the code base configured another.</summary>
    public required DiagnosticSeverity Severity { get; init; }

    /// <summary>What is wrong and why, in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>Name of the project it was found in.</summary>
    public required string Project { get; init; }

    /// <summary>Full path of the source; null where the finding is about a project as a whole.</summary>
    public string? Path { get; init; }

    /// <summary>Zero-based, as Roslyn counts.</summary>
    public LinePositionSpan Span { get; init; }

    /// <summary>The source line the finding starts in, without its indentation.</summary>
    public string Excerpt { get; init; } = "";

    /// <summary>What the fixers answered.</summary>
    public FixOffer Fix { get; init; } = FixOffer.None;

    /// <summary>Two findings with the same key are one site, seen from several projects or target frameworks.</summary>
    public (string Rule, string? Path, LinePositionSpan Span, string Message) Key => (Rule.Id, Path, Span, Message);

    public ChecklistItem? Item => ChecklistItem.Of(Rule.Id);

    /// <summary>The same finding in another line, in a text with lines before it that this one has not, or the other way round.</summary>
    public Finding InLine(int line) => this with
    {
        Span = new LinePositionSpan(new(line, Span.Start.Character), new(line + Span.End.Line - Span.Start.Line, Span.End.Character)),
    };

    /// <summary>By place, then by rule.</summary>
    public static int Compare(Finding left, Finding right)
    {
        int order = string.CompareOrdinal(left.Path, right.Path);
        if (order == 0)
            order = left.Span.Start.CompareTo(right.Span.Start);
        return order != 0 ? order : string.CompareOrdinal(left.Rule.Id, right.Rule.Id);
    }
}

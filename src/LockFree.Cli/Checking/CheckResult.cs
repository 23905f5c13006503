using System.Collections.Immutable;
using LockFree.Cli.Rules;
using Microsoft.CodeAnalysis;

namespace LockFree.Cli.Checking;

/// <summary>The outcome of a check over everything that was given.</summary>
internal sealed record CheckResult
{
    /// <summary>Every site once, in order of place.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    public required int Projects { get; init; }

    public required int Files { get; init; }

    public required long Lines { get; init; }

    /// <summary>Inputs left out and sources that do not parse, one line each.</summary>
    public required ImmutableArray<string> Problems { get; init; }

    /// <summary>What MSBuild remarked about projects that it read all the same, one line each.</summary>
    public required ImmutableArray<string> Remarks { get; init; }

    public required BindingGaps Gaps { get; init; }

    public required ImmutableArray<ToolFailure> Failures { get; init; }

    public IEnumerable<Finding> Of(ChecklistItem item) => Findings.Where(finding => finding.Item == item);

    /// <summary>Whether any finding is at least as severe as <paramref name="bar"/>; a null bar is never reached.</summary>
    public bool Reaches(DiagnosticSeverity? bar) => bar is { } lowest && Findings.Any(finding => finding.Severity >= lowest);

    /// <summary>Whether everything that was given could be looked at.</summary>
    public bool IsComplete => Problems.IsEmpty && Failures.IsEmpty;
}

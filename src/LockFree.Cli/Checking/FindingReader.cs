using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using LockFree.Cli.Loading;
using LockFree.Cli.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Text;

namespace LockFree.Cli.Checking;

/// <summary>Makes findings, which outlive the compilation, of diagnostics, which would keep it alive.</summary>
internal sealed class FindingReader(RuleCatalogue catalogue, ConcurrentBag<ToolFailure> failures)
{
    private const int LongestExcerpt = 200;

    private readonly FixFinder _fixes = new(catalogue, failures);

    /// <summary>Reads one report of <paramref name="project"/> and asks the fixers about it.</summary>
    /// <param name="source">The project the report is about.</param>
    /// <param name="project">The same, opened.</param>
    /// <param name="report">The report.</param>
    /// <param name="errors">The compiler's errors in the project.</param>
    /// <param name="cancellationToken">Stops the fixers.</param>
    public async Task<Finding> ReadAsync(
        ProjectSource source, Project project, Diagnostic report, ImmutableArray<Diagnostic> errors, CancellationToken cancellationToken)
    {
        FileLinePositionSpan place = report.Location.GetLineSpan();
        Finding finding = new()
        {
            Rule = catalogue.Find(report.Id)!,
            Severity = report.Severity,
            Message = report.GetMessage(CultureInfo.InvariantCulture),
            Project = source.Name,
            Path = report.Location.IsInSource ? place.Path : null,
            Span = place.Span,
        };
        if (report.Location.SourceTree is not { } tree || project.GetDocument(tree) is not { } document)
            return finding;

        SourceText text = await tree.GetTextAsync(cancellationToken);
        CodeAction? action = await _fixes.FindAsync(document, report, cancellationToken);
        return finding with
        {
            Excerpt = Shortened(text.Lines[place.StartLinePosition.Line].ToString().Trim()),
            Fix = action is null
                ? FixOffer.None
                : new FixOffer(action.Title, await FixEligibility.RefusalAsync(source, document, report, errors, cancellationToken)),
        };
    }

    private static string Shortened(string line) => line.Length <= LongestExcerpt ? line : line[..LongestExcerpt] + "…";
}

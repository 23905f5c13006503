using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using LockFree.Cli.Loading;
using LockFree.Cli.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LockFree.Cli.Checking;

/// <summary>
/// Checks the loaded projects one after another. A project's syntax and symbols are let go before the next one is opened, so
/// memory is bounded by the largest project; only its metadata stays, for those that refer to it.
/// </summary>
internal sealed class CheckRun(RuleCatalogue catalogue, LoadedInput input)
{
    private readonly ConcurrentBag<ToolFailure> _failures = [];
    private readonly Dictionary<(string, string?, LinePositionSpan, string), Site> _sites = [];
    private readonly Dictionary<string, int> _analysedTimes = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _problems = new(StringComparer.Ordinal);
    private BindingGaps _gaps = BindingGaps.None;
    private long _lines;

    /// <summary>The metadata of every project, complete once the run has ended.</summary>
    public ProjectImages Images { get; } = new();

    public async Task<CheckResult> RunAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        HashSet<string> referredTo = new(input.Projects.SelectMany(project => project.ProjectReferences), StringComparer.Ordinal);
        foreach (ProjectSource project in input.Projects)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(project.Name);
            await CheckAsync(project, referredTo.Contains(project.Id), cancellationToken);
        }

        List<Finding> findings = [.. _sites.Values.Select(Merge)];
        findings.Sort(Finding.Compare);
        return new CheckResult
        {
            Findings = [.. findings],
            Projects = input.Projects.Count(project => !project.IsReferenceOnly),
            Files = _analysedTimes.Count,
            Lines = _lines,
            Problems = [.. input.Problems, .. _problems],
            Gaps = _gaps,
            Failures = [.. _failures.Distinct().OrderBy(failure => failure.ToString(), StringComparer.Ordinal)],
        };
    }

    private async Task CheckAsync(ProjectSource source, bool isReferredTo, CancellationToken cancellationToken)
    {
        using ProjectWorkspace workspace = ProjectWorkspace.Open([source], Images, catalogue.Generators, SourceFile.Load);
        Project project = workspace[source];
        if (!source.IsReferenceOnly)
        {
            _problems.UnionWith(workspace.Unreadable);
            Count(source, workspace);
            ProjectFindings found = await new ProjectAnalysis(catalogue, _failures).RunAsync(source, project, cancellationToken);
            _problems.UnionWith(found.ParseErrors.GroupBy(error => error.Location.SourceTree).Select(inFile => CompilerMessage.Of(inFile.First()) + "; this file is left out, correct it there."));
            _gaps = _gaps.Plus(BindingGaps.Of(found.Errors, source.MissingReferences));
            foreach (Diagnostic report in found.Reports)
                await AddAsync(source, project, report, found.Errors, cancellationToken);
        }

        if (isReferredTo)
            Images.Add(source.Id, (await project.GetCompilationAsync(cancellationToken))!, cancellationToken);
    }

    private void Count(ProjectSource source, ProjectWorkspace workspace)
    {
        foreach (SourceFile file in workspace.Files.Values.Where(file => source.IsReported(file.Path)))
        {
            _analysedTimes[file.Path] = _analysedTimes.GetValueOrDefault(file.Path) + 1;
            if (_analysedTimes[file.Path] == 1)
                _lines += file.Text.Lines.Count;
        }
    }

    private async Task AddAsync(
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

        if (report.Location.SourceTree is { } tree && project.GetDocument(tree) is { } document)
        {
            SourceText text = await tree.GetTextAsync(cancellationToken);
            finding = finding with
            {
                Excerpt = text.Lines[place.StartLinePosition.Line].ToString().Trim(),
                Fix = await OfferAsync(source, document, report, errors, cancellationToken),
            };
        }

        if (!_sites.TryGetValue(finding.Key, out Site? site))
            _sites.Add(finding.Key, site = new Site([]));
        if (site.Reports.All(report => report.Project != finding.Project))
            site.Reports.Add(finding);
    }

    private async Task<FixOffer> OfferAsync(
        ProjectSource source, Document document, Diagnostic report, ImmutableArray<Diagnostic> errors, CancellationToken cancellationToken)
    {
        if (await new FixFinder(catalogue, _failures).FindAsync(document, report, cancellationToken) is not { } action)
            return FixOffer.None;
        return new FixOffer(action.Title, await FixEligibility.RefusalAsync(source, document, report, errors, cancellationToken));
    }

    // A file compiled for several targets is fixed only if each of them sees the same finding and offers the fix.
    private Finding Merge(Site site)
    {
        Finding first = site.Reports[0];
        if (first.Path is null || !first.Fix.IsAvailable)
            return first;
        if (site.Reports.FirstOrDefault(report => !report.Fix.IsAvailable) is { } without)
            return first with { Fix = without.Fix };
        return site.Reports.Count == _analysedTimes[first.Path]
            ? first
            : first with { Fix = first.Fix with { Refusal = "the file is compiled several times, and not each time with this finding" } };
    }

    private sealed record Site(List<Finding> Reports);
}

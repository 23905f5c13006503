using System.Collections.Concurrent;
using System.Collections.Immutable;
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
            Remarks = input.Remarks,
            Gaps = _gaps,
            Failures = [.. _failures.Distinct().OrderBy(failure => failure.ToString(), StringComparer.Ordinal)],
        };
    }

    private async Task CheckAsync(ProjectSource source, bool isReferredTo, CancellationToken cancellationToken)
    {
        // A loose check reads no compiler warnings; of a restored project the rules see all that a build shows them.
        using ProjectWorkspace workspace = ProjectWorkspace.Open([source], Images, catalogue.Generators, SourceFile.Load, flowsNullability: !source.IsLoose);
        Project project = workspace[source];
        if (!source.IsReferenceOnly)
        {
            _problems.UnionWith(workspace.Unreadable);
            Count(source, workspace);
            ProjectFindings found = await new ProjectAnalysis(catalogue, _failures).RunAsync(source, project, cancellationToken);
            _problems.UnionWith(found.ParseErrors.GroupBy(error => error.Location.SourceTree).Select(inFile => CompilerMessage.Of(inFile.First()) + "; this file is left out, correct it there."));
            _gaps = _gaps.Plus(BindingGaps.Of(found.Errors, source.MissingReferences));
            FindingReader reader = new(catalogue, _failures);
            foreach (Diagnostic report in found.Reports)
                Add(await reader.ReadAsync(source, project, report, found.Errors, cancellationToken));
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

    private void Add(Finding finding)
    {
        if (!_sites.TryGetValue(finding.Key, out Site? site))
            _sites.Add(finding.Key, site = new Site([]));
        if (site.Reports.All(report => report.Project != finding.Project))
            site.Reports.Add(finding);
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
            : first with { Fix = first.Fix with { Refusal = FixEligibility.NotEverywhere } };
    }

    private sealed record Site(List<Finding> Reports);
}

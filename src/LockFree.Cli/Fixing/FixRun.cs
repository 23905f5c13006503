using System.Collections.Concurrent;
using System.Collections.Immutable;
using LockFree.Cli.Checking;
using LockFree.Cli.Loading;
using LockFree.Cli.Rules;

namespace LockFree.Cli.Fixing;

/// <summary>
/// Fixes the loaded projects: first checks all of them, then opens again only those with something to fix, one after another. A
/// later project sees the files an earlier one changed.
/// </summary>
internal sealed class FixRun(RuleCatalogue catalogue, LoadedInput input, ImmutableHashSet<string>? onlyRules)
{
    private readonly Dictionary<string, SourceFile> _changed = new(StringComparer.Ordinal);

    public async Task<FixResult> RunAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        CheckRun checkRun = new(catalogue, input);
        CheckResult check = await checkRun.RunAsync(progress, cancellationToken);

        ConcurrentBag<ToolFailure> failures = [];
        List<AppliedFix> applied = [];
        Dictionary<object, UnfixedFinding> unfixed = [];
        HashSet<string> settled = new(StringComparer.Ordinal);
        HashSet<string> fixable = [.. check.Findings.Where(finding => IsSelected(finding) && finding.Fix.IsAvailable).Select(finding => finding.Path!)];
        foreach (ProjectSource project in input.Projects.Where(project => !project.IsReferenceOnly))
        {
            // Another target of the same project has nothing left to do here.
            if (!project.Sources.Any(source => fixable.Contains(source) && !settled.Contains(source)))
                continue;

            progress.Report("fixing " + project.Name);
            ImmutableArray<ProjectSource> members = [project, .. input.SharersOf(project)];
            using ProjectWorkspace workspace = ProjectWorkspace.Open(members, checkRun.Images, catalogue.Generators, Load);
            FixUnitResult result = await new FixUnit(catalogue, members, workspace, IsSelected, failures).RunAsync(cancellationToken);

            applied.AddRange(result.Applied);
            foreach (SourceFile file in result.Changed)
                _changed[file.Path] = file;
            foreach (UnfixedFinding finding in result.Unfixed)
                unfixed[finding.Finding.Key] = finding;
            settled.UnionWith(project.Sources);
        }

        // What was found in projects nobody opened again stands as the check found it.
        foreach (Finding finding in check.Findings.Where(finding => IsSelected(finding) && (finding.Path is null || !settled.Contains(finding.Path))))
            unfixed[finding.Key] = new UnfixedFinding(finding, finding.Fix.Refusal);

        ImmutableArray<UnfixedFinding> stayed = [.. unfixed.Values.OrderBy(entry => entry.Finding, Comparer<Finding>.Create(Finding.Compare))];
        return new FixResult(
            check,
            [.. _changed.Values.OrderBy(file => file.Path, StringComparer.Ordinal)],
            [.. applied.OrderBy(entry => entry.Finding, Comparer<Finding>.Create(Finding.Compare))],
            stayed,
            [.. stayed.Select(entry => entry.Finding), .. check.Findings.Where(finding => !IsSelected(finding))],
            [.. check.Failures.Concat(failures).Distinct()]);
    }

    private bool IsSelected(Finding finding) => onlyRules is null || onlyRules.Contains(finding.Rule.Id);

    private SourceFile Load(string path) => _changed.TryGetValue(path, out SourceFile? file) ? file : SourceFile.Load(path);
}

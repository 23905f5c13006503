using System.Collections.Concurrent;
using System.Collections.Immutable;
using LockFree.Cli.Checking;
using LockFree.Cli.Fixing;
using LockFree.Cli.Loading;
using LockFree.Cli.Rules;

namespace LockFree.RealCode;

/// <summary>
/// Fixes a laid-out repository in memory, rule by rule, in two ways: one site after the other, as <c>lockfree fix</c> does, and with the FixAll of
/// the fixers, as an editor does. Both must write the same, and find nothing left to do when they come again. Of a project with several target
/// frameworks the one that was looked at counts, as in an editor; the command itself would ask for a restore first.
/// </summary>
internal sealed class FixEverything
{
    private readonly RuleCatalogue _catalogue = RuleCatalogue.LoadShipped();
    private readonly ConcurrentBag<ToolFailure> _failures = [];
    private readonly List<FixedRule> _results = [];

    /// <summary>What fixing each rule in each project of <paramref name="folder"/> came to.</summary>
    /// <exception cref="InvalidDataException">A rule or a fixer failed.</exception>
    public async Task<IReadOnlyList<FixedRule>> RunAsync(string folder, CancellationToken cancellationToken)
    {
        LoadedInput input = await InputLoader.LoadAsync([folder], loose: true, new Progress<string>(), cancellationToken);
        input = input with { Projects = [.. input.Projects.Select(project => project with { HasUnseenTargets = false })] };
        CheckRun checkRun = new(_catalogue, input);
        CheckResult check = await checkRun.RunAsync(new Progress<string>(), cancellationToken);
        ILookup<string, string> fixableRules = check.Findings.Where(finding => finding.Fix.IsAvailable).ToLookup(finding => finding.Path!, finding => finding.Rule.Id);

        HashSet<string> settled = new(StringComparer.Ordinal);
        foreach (ProjectSource project in input.Projects.Where(project => !project.IsReferenceOnly))
        {
            string[] rules = [.. project.Sources.Where(source => !settled.Contains(source)).SelectMany(source => fixableRules[source]).Distinct().Order(StringComparer.Ordinal)];
            ImmutableArray<ProjectSource> members = [project, .. input.SharersOf(project)];
            foreach (string rule in rules)
                _results.Add(await FixAsync(rule, members, checkRun.Images, cancellationToken));
            if (rules.Length > 0)
                settled.UnionWith(project.Sources);
        }

        return _failures.Concat(check.Failures).FirstOrDefault() is { } failure ? throw new InvalidDataException($"{folder}: {failure}") : _results;
    }

    private async Task<FixedRule> FixAsync(string rule, ImmutableArray<ProjectSource> members, ProjectImages images, CancellationToken cancellationToken)
    {
        using ProjectWorkspace workspace = ProjectWorkspace.Open(members, images, _catalogue.Generators, SourceFile.Load);
        FixUnitResult oneByOne = await OneByOneAsync(workspace);
        Dictionary<string, SourceFile> written = oneByOne.Changed.ToDictionary(file => file.Path, StringComparer.Ordinal);
        IReadOnlyDictionary<string, string> atOnce = await new FixAtOnce(_catalogue, members[0], workspace, _failures).RunAsync(rule, cancellationToken);

        using ProjectWorkspace fixedWorkspace = ProjectWorkspace.Open(
            members, images, _catalogue.Generators, path => written.TryGetValue(path, out SourceFile? file) ? file : SourceFile.Load(path));
        FixUnitResult again = await OneByOneAsync(fixedWorkspace);

        return new FixedRule(
            members[0].Name,
            rule,
            oneByOne.Applied.Length,
            written.Count,
            [.. written.Keys.Union(atOnce.Keys).Where(path => written.GetValueOrDefault(path)?.Text.ToString() != atOnce.GetValueOrDefault(path)).Order(StringComparer.Ordinal)],
            again.Applied.Length,
            [.. oneByOne.Unfixed.Where(finding => finding.Finding.Fix.IsAvailable).Select(finding => $"{finding.Finding.Path}:{finding.Finding.Span.Start.Line + 1}: {finding.Reason}")]);

        Task<FixUnitResult> OneByOneAsync(ProjectWorkspace opened) =>
            new FixUnit(_catalogue, members, opened, finding => finding.Rule.Id == rule, _failures).RunAsync(cancellationToken);
    }
}

/// <summary>What fixing one rule in one project came to.</summary>
/// <param name="Project">The project.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Sites">Findings fixed one by one.</param>
/// <param name="Files">The files this changed.</param>
/// <param name="Different">Files in which FixAll wrote something else.</param>
/// <param name="Again">Findings that a second run fixed.</param>
/// <param name="GivenUp">Fixes that were offered and not kept, and why.</param>
internal sealed record FixedRule(
    string Project, string Rule, int Sites, int Files, ImmutableArray<string> Different, int Again, ImmutableArray<string> GivenUp)
{
    public bool IsAsItShouldBe => Different.IsEmpty && Again == 0;
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using LockFree.Cli.Checking;
using LockFree.Cli.Loading;
using LockFree.Cli.Rules;
using Microsoft.CodeAnalysis;

namespace LockFree.Cli.Fixing;

/// <summary>
/// Fixes one project to a fixed point. Each round applies, one by one, fixes that touch different files and types, then analyses
/// and compiles the result; a round that brings a compiler error is repeated fix by fix, and the fix to blame is given up.
/// Projects that share files with this one are compiled along: a change must be right for all of them.
/// </summary>
internal sealed class FixUnit
{
    private readonly ImmutableArray<ProjectSource> _members;
    private readonly ProjectWorkspace _workspace;
    private readonly Func<Finding, bool> _isSelected;
    private readonly FindingReader _reader;
    private readonly ProjectAnalysis _analysis;
    private readonly FixPlanner _planner;
    private readonly Dictionary<FindingIdentity, string> _givenUp = [];
    private readonly List<AppliedFix> _applied = [];

    /// <param name="catalogue">The rules.</param>
    /// <param name="members">The project to fix, then those that share files with it.</param>
    /// <param name="workspace">The members, opened.</param>
    /// <param name="isSelected">Which findings to fix.</param>
    /// <param name="failures">Where rules and fixers that throw are recorded.</param>
    public FixUnit(
        RuleCatalogue catalogue, ImmutableArray<ProjectSource> members, ProjectWorkspace workspace, Func<Finding, bool> isSelected,
        ConcurrentBag<ToolFailure> failures)
    {
        _members = members;
        _workspace = workspace;
        _isSelected = isSelected;
        _reader = new FindingReader(catalogue, failures);
        _analysis = new ProjectAnalysis(catalogue, failures);
        _planner = new FixPlanner(catalogue, members[0], workspace, failures);
    }

    private ProjectSource Target => _members[0];

    public async Task<FixUnitResult> RunAsync(CancellationToken cancellationToken)
    {
        AnalysedSolution current = await AnalyseAsync(_workspace.Solution, cancellationToken);
        ImmutableArray<CompilerErrors> baseline = current.Errors;
        while (true)
        {
            List<(Diagnostic Report, Finding Finding)> open = await OpenAsync(current, cancellationToken);
            ImmutableArray<PlannedFix> round = await _planner.PlanAsync(
                current.Solution, open.Where(report => report.Finding.Fix.IsAvailable), _givenUp, cancellationToken);
            if (round.IsEmpty)
                return new FixUnitResult(await ChangedTextsAsync(current.Solution, cancellationToken), [.. _applied], [.. open.Select(report => Unfixed(current.Solution, report))]);

            AnalysedSolution next = await AnalyseAsync(round.Aggregate(current.Solution, (solution, fix) => fix.ApplyTo(solution)), cancellationToken);
            if (next.NewError(baseline) is not null)
                (round, next) = await OneByOneAsync(current, round, baseline, cancellationToken);

            foreach (PlannedFix fix in round)
                _applied.Add(new AppliedFix(await OnDiskAsync(current.Solution, fix.Finding, cancellationToken), fix.Finding.Fix.Title!));
            GiveUpWhatStayed(round, current, next);
            current = next;
        }
    }

    private async Task<AnalysedSolution> AnalyseAsync(Solution solution, CancellationToken cancellationToken)
    {
        ImmutableArray<ProjectFindings>.Builder findings = ImmutableArray.CreateBuilder<ProjectFindings>(_members.Length);
        foreach (ProjectSource member in _members)
            findings.Add(await _analysis.RunAsync(member, solution.GetProject(_workspace[member].Id)!, cancellationToken));
        return new AnalysedSolution(solution, findings.MoveToImmutable());
    }

    // The findings to fix, those with a fix that must not be applied marked with the reason.
    private async Task<List<(Diagnostic Report, Finding Finding)>> OpenAsync(AnalysedSolution analysed, CancellationToken cancellationToken)
    {
        Project project = analysed.Solution.GetProject(_workspace[Target].Id)!;
        List<(Diagnostic Report, Finding Finding)> open = [];
        foreach (Diagnostic report in analysed.Findings[0].Reports)
        {
            Finding finding = await _reader.ReadAsync(Target, project, report, analysed.Findings[0].Errors, cancellationToken);
            if (!_isSelected(finding))
                continue;
            if (finding.Fix.IsAvailable && !IsReportedEverywhere(finding, analysed))
                finding = finding with { Fix = finding.Fix with { Refusal = FixEligibility.NotEverywhere } };
            open.Add((report, finding));
        }

        return open;
    }

    private bool IsReportedEverywhere(Finding finding, AnalysedSolution analysed)
    {
        for (int index = 1; index < _members.Length; index++)
        {
            bool compiles = _members[index].Sources.Contains(finding.Path!);
            if (compiles && !analysed.Findings[index].Reports.Any(report => report.Id == finding.Rule.Id
                && report.Location.GetLineSpan() is var place && place.Path == finding.Path && place.Span == finding.Span))
                return false;
        }

        return true;
    }

    private async Task<(ImmutableArray<PlannedFix> Kept, AnalysedSolution Result)> OneByOneAsync(
        AnalysedSolution start, ImmutableArray<PlannedFix> round, ImmutableArray<CompilerErrors> baseline, CancellationToken cancellationToken)
    {
        AnalysedSolution current = start;
        List<PlannedFix> kept = [];
        foreach (PlannedFix fix in round)
        {
            AnalysedSolution trial = await AnalyseAsync(fix.ApplyTo(current.Solution), cancellationToken);
            if (trial.NewError(baseline) is { } error)
            {
                _givenUp[fix.Identity] = $"the fix would bring the compiler error {error}";
                continue;
            }

            kept.Add(fix);
            current = trial;
        }

        return ([.. kept], current);
    }

    // A fix that leaves its finding behind would be applied for ever.
    private void GiveUpWhatStayed(ImmutableArray<PlannedFix> round, AnalysedSolution before, AnalysedSolution after)
    {
        foreach (IGrouping<FindingIdentity, PlannedFix> fixes in round.GroupBy(fix => fix.Identity))
        {
            if (Count(after) > Count(before) - fixes.Count())
                _givenUp[fixes.Key] = "it is still reported after the fix";

            int Count(AnalysedSolution analysed) => analysed.Findings[0].Reports.Count(report => FixPlanner.IdentityOf(report) == fixes.Key);
        }
    }

    private UnfixedFinding Unfixed(Solution solution, (Diagnostic Report, Finding Finding) open) => new(
        open.Finding,
        _givenUp.GetValueOrDefault(FixPlanner.IdentityOf(open.Report)) ?? open.Finding.Fix.Refusal);

    // In the line that the reader knows it by: fixes of earlier rounds have moved it.
    private async Task<Finding> OnDiskAsync(Solution solution, Finding finding, CancellationToken cancellationToken)
    {
        string onDisk = _workspace.Files[finding.Path!].OriginalText;
        string text = await TextAsync(solution, finding.Path!, cancellationToken);
        return text == onDisk ? finding : finding.InLine(LineDifference.Between(onDisk, text).LineBefore(finding.Span.Start.Line));
    }

    private async Task<ImmutableArray<SourceFile>> ChangedTextsAsync(Solution solution, CancellationToken cancellationToken)
    {
        ImmutableArray<SourceFile>.Builder changed = ImmutableArray.CreateBuilder<SourceFile>();
        foreach (string path in _applied.Count == 0 ? [] : Target.Sources.Where(_workspace.Files.ContainsKey))
        {
            SourceFile file = _workspace.Files[path];
            string text = await TextAsync(solution, path, cancellationToken);
            if (text != file.Text.ToString())
                changed.Add(file.WithText(LineDifference.Between(file.OriginalText, text).AfterWithLineEndsOfBefore()));
        }

        return changed.ToImmutable();
    }

    private static async Task<string> TextAsync(Solution solution, string path, CancellationToken cancellationToken)
    {
        Document document = solution.GetDocument(solution.GetDocumentIdsWithFilePath(path)[0])!;
        return (await document.GetTextAsync(cancellationToken)).ToString();
    }

    private sealed record AnalysedSolution(Solution Solution, ImmutableArray<ProjectFindings> Findings)
    {
        public ImmutableArray<CompilerErrors> Errors { get; } = [.. Findings.Select(findings => new CompilerErrors(findings.BuildBreaks.Concat(findings.ParseErrors)))];

        public string? NewError(ImmutableArray<CompilerErrors> baseline) =>
            Errors.Zip(baseline, (errors, before) => errors.NewSince(before)).FirstOrDefault(error => error is not null);
    }
}

/// <summary>What became of one project.</summary>
/// <param name="Changed">The files with new text.</param>
/// <param name="Applied">The fixes in them.</param>
/// <param name="Unfixed">The selected findings that stayed.</param>
internal sealed record FixUnitResult(ImmutableArray<SourceFile> Changed, ImmutableArray<AppliedFix> Applied, ImmutableArray<UnfixedFinding> Unfixed);

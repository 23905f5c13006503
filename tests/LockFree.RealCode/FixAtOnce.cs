using System.Collections.Concurrent;
using System.Collections.Immutable;
using LockFree.Cli.Checking;
using LockFree.Cli.Fixing;
using LockFree.Cli.Loading;
using LockFree.Cli.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockFree.RealCode;

/// <summary>Applies the FixAll of a rule's fixers to a project, as an editor does for "fix all in project".</summary>
internal sealed class FixAtOnce(RuleCatalogue catalogue, ProjectSource target, ProjectWorkspace workspace, ConcurrentBag<ToolFailure> failures)
{
    private readonly ProjectAnalysis _analysis = new(catalogue, failures);
    private readonly FindingReader _reader = new(catalogue, failures);

    /// <summary>The changed files of the target with their text after <paramref name="rule"/> was fixed until FixAll changed nothing more.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RunAsync(string rule, CancellationToken cancellationToken)
    {
        Solution solution = workspace.Solution;
        while (await FixAllAsync(solution, rule, cancellationToken) is { } changed)
            solution = changed;

        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        foreach (DocumentId id in solution.GetChanges(workspace.Solution).GetProjectChanges().SelectMany(project => project.GetChangedDocuments()))
        {
            Document document = solution.GetDocument(id)!;
            SourceFile before = workspace.Files[document.FilePath!];
            string text = (await document.GetTextAsync(cancellationToken)).ToString();
            texts[before.Path] = LineDifference.Between(before.OriginalText, text).AfterWithLineEndsOfBefore();
        }

        return texts;
    }

    // One FixAll per action's key, as an editor's menu offers them.
    private async Task<Solution?> FixAllAsync(Solution solution, string rule, CancellationToken cancellationToken)
    {
        Project project = solution.GetProject(workspace[target].Id)!;
        ProjectFindings found = await _analysis.RunAsync(target, project, cancellationToken);
        Dictionary<(CodeFixProvider Fixer, string Key), List<Diagnostic>> offered = [];
        foreach (Diagnostic report in found.Reports.Where(report => report.Id == rule))
        {
            Finding finding = await _reader.ReadAsync(target, project, report, found.Errors, cancellationToken);
            if (!finding.Fix.IsAvailable)
                continue;
            foreach (CodeFixProvider fixer in catalogue.FixersOf(rule))
            {
                CodeAction? first = null;
                await fixer.RegisterCodeFixesAsync(new CodeFixContext(
                    solution.GetDocument(report.Location.SourceTree!)!, report, (action, _) => first ??= action, cancellationToken));
                if (first?.EquivalenceKey is not { } key)
                    continue;
                if (!offered.TryGetValue((fixer, key), out List<Diagnostic>? reports))
                    offered.Add((fixer, key), reports = []);
                reports.Add(report);
                break;
            }
        }

        foreach (((CodeFixProvider fixer, string key), List<Diagnostic> reports) in offered)
        {
            FixAllContext context = new(project, fixer, FixAllScope.Project, key, [rule], new Given(reports), cancellationToken);
            if (await fixer.GetFixAllProvider()!.GetFixAsync(context) is { } all
                && await all.GetOperationsAsync(cancellationToken) is [ApplyChangesOperation { ChangedSolution: var changed }]
                && changed.GetChanges(solution).GetProjectChanges().Any())
                return changed;
        }

        return null;
    }

    private sealed class Given(IReadOnlyList<Diagnostic> reports) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult(reports.Where(report => document.Project.Solution.GetDocument(report.Location.SourceTree)?.Id == document.Id));

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(reports);
    }
}

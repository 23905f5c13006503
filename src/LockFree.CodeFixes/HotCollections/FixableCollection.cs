using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.HotCollections;
using LockFree.Analyzers.HotCollections.Rewriting;
using Microsoft.CodeAnalysis;

namespace LockFree.CodeFixes.HotCollections;

/// <summary>A collection that LF1001 found, judged again over the project as it is now.</summary>
/// <param name="Project">The project.</param>
/// <param name="Compilation">Its compilation.</param>
/// <param name="Model">What guards what in the outermost type.</param>
/// <param name="Verdict">What is said of the field: exact.</param>
internal sealed record FixableCollection(Project Project, Compilation Compilation, GuardedStateModel Model, DictionaryVerdict Verdict)
    : AnalyzedType(Project, Compilation, Model)
{
    public CandidateField Candidate => Verdict.Candidate;

    public IFieldSymbol Field => Candidate.Field;

    /// <summary>The collection in a field; null unless every region can be rewritten exactly.</summary>
    public static async Task<FixableCollection?> FindAsync(Project project, Func<Compilation, ISymbol?> fieldOf, CancellationToken cancellationToken)
    {
        if (await AnalyzeAsync(project, fieldOf, cancellationToken).ConfigureAwait(false) is not var (type, field)
            || type.Model.Family.CandidateOf(field) is not { } candidate)
            return null;

        DictionaryVerdict verdict = DictionaryUnderLock.Judge(type.Model, candidate, ReplacementNames.For(type.Compilation));
        return verdict.Outcome == VerdictOutcome.Exact ? new FixableCollection(project, type.Compilation, type.Model, verdict) : null;
    }

    /// <summary>The solution with the field rewritten, or why that would not be exact.</summary>
    public Task<RewriteOutcome> TryApplyAsync(ConcurrentTarget target, CancellationToken cancellationToken) =>
        TryApplyAsync(target, RewriteGuarantee.ApplyAsync, cancellationToken);

    /// <summary>The same, while nobody has asked yet whether it compiles.</summary>
    public Task<RewriteOutcome> TryRewriteAsync(ConcurrentTarget target, CancellationToken cancellationToken) =>
        TryApplyAsync(target, RewriteGuarantee.RewriteAsync, cancellationToken);

    private async Task<RewriteOutcome> TryApplyAsync(
        ConcurrentTarget target, Func<Project, IReadOnlyDictionary<SyntaxTree, RewritePlan>, CancellationToken, Task<RewriteOutcome>> apply, CancellationToken cancellationToken)
    {
        PlannedRewrite planned = CollectionRewrite.Plan(new GuardedCollection(Compilation, Model, Verdict, Mentions), target, cancellationToken);
        return planned.Refusal is { } refusal
            ? RewriteOutcome.Refused(refusal)
            : await apply(Project, planned.Plans, cancellationToken).ConfigureAwait(false);
    }
}

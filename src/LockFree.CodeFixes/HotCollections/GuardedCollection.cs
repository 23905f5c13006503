using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.HotCollections;
using Microsoft.CodeAnalysis;

namespace LockFree.CodeFixes.HotCollections;

/// <summary>LF1001's finding, judged again over the project as it is now, with all the places the fix has to touch.</summary>
/// <param name="Project">The project.</param>
/// <param name="Compilation">Its compilation.</param>
/// <param name="Model">What guards what in the outermost type.</param>
/// <param name="Verdict">What is said of the field: exact.</param>
internal sealed record GuardedCollection(Project Project, Compilation Compilation, GuardedStateModel Model, DictionaryVerdict Verdict)
    : AnalyzedType(Project, Compilation, Model)
{
    public CandidateField Candidate => Verdict.Candidate;

    public IFieldSymbol Field => Candidate.Field;

    /// <summary>The finding at a field's declarator; null unless every region can be rewritten exactly.</summary>
    public static async Task<GuardedCollection?> FindAsync(Project project, Func<Compilation, ISymbol?> fieldOf, CancellationToken cancellationToken)
    {
        if (await AnalyzeAsync(project, fieldOf, cancellationToken).ConfigureAwait(false) is not var (type, field)
            || type.Model.Family.CandidateOf(field) is not { } candidate)
            return null;

        DictionaryVerdict verdict = DictionaryUnderLock.Judge(type.Model, candidate);
        return verdict.Outcome == VerdictOutcome.Exact ? new GuardedCollection(project, type.Compilation, type.Model, verdict) : null;
    }
}

using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.ReadMostly;
using Microsoft.CodeAnalysis;

namespace LockFree.CodeFixes.ReadMostly;

/// <summary>LF2001's finding, judged again over the project as it is now.</summary>
/// <param name="Project">The project.</param>
/// <param name="Compilation">Its compilation.</param>
/// <param name="Model">What guards what in the outermost type.</param>
/// <param name="Verdict">What is said of the field: exact.</param>
internal sealed record GuardedCell(Project Project, Compilation Compilation, GuardedStateModel Model, CellVerdict Verdict)
    : AnalyzedType(Project, Compilation, Model)
{
    public IFieldSymbol Field => Verdict.Field.Field;

    /// <summary>The finding about a field; null unless every region is one operation.</summary>
    public static async Task<GuardedCell?> FindAsync(Project project, Func<Compilation, ISymbol?> fieldOf, CancellationToken cancellationToken)
    {
        if (await AnalyzeAsync(project, fieldOf, cancellationToken).ConfigureAwait(false) is not var (type, field)
            || type.Model.Family.PlainFieldOf(field) is not { } plain)
            return null;

        return CellUnderLock.Judge(new FieldSurvey(type.Model), plain).Verdict is { IsExact: true } verdict
            ? new GuardedCell(project, type.Compilation, type.Model, verdict)
            : null;
    }
}

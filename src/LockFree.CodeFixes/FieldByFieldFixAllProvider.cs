using System.Collections.Immutable;
using LockFree.CodeFixes.HotCollections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes;

/// <summary>
/// Fixes one field after the other, each judged over what the ones before left behind. So it gives what fixing one by one gives, and a lock that
/// several fields share goes with the last of them. Whether the result compiles is asked of many fields together, and of each half of them where the
/// answer is no: that costs a compilation of whole documents.
/// </summary>
/// <param name="title">What the whole is called.</param>
/// <param name="fix">Fixes the field in a project that a function finds, in the way an equivalence key names, compiling or not; null where that is not possible.</param>
internal sealed class FieldByFieldFixAllProvider(
    string title, Func<Project, Func<Compilation, ISymbol?>, string?, CancellationToken, Task<Solution?>> fix) : FixAllProvider
{
    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        List<(ProjectId, string)> fields = await FieldsAsync(fixAllContext).ConfigureAwait(false);
        Solution solution = await FixCompilingAsync(
            fixAllContext.Solution, fields, fixAllContext.CodeActionEquivalenceKey, fixAllContext.CancellationToken).ConfigureAwait(false);
        return solution == fixAllContext.Solution ? null
            : CodeAction.Create(title, _ => Task.FromResult(solution), fixAllContext.CodeActionEquivalenceKey);
    }

    private async Task<Solution> FixCompilingAsync(
        Solution solution, List<(ProjectId Project, string Name)> fields, string? equivalenceKey, CancellationToken cancellationToken)
    {
        Solution changed = solution;
        foreach ((ProjectId project, string name) in fields)
        {
            changed = await fix(
                changed.GetProject(project)!,
                compilation => DocumentationCommentId.GetFirstSymbolForDeclarationId(name, compilation),
                equivalenceKey,
                cancellationToken).ConfigureAwait(false) ?? changed;
        }

        if (changed == solution || await RewriteGuarantee.NewErrorAsync(solution, changed, cancellationToken).ConfigureAwait(false) is null)
            return changed;
        if (fields.Count == 1)
            return solution;

        int half = fields.Count / 2;
        changed = await FixCompilingAsync(solution, fields.GetRange(0, half), equivalenceKey, cancellationToken).ConfigureAwait(false);
        return await FixCompilingAsync(changed, fields.GetRange(half, fields.Count - half), equivalenceKey, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The fields in the order of project, document and position; a name outlives the rewriting of its neighbours, a position does not.</summary>
    private static async Task<List<(ProjectId Project, string Field)>> FieldsAsync(FixAllContext context)
    {
        var fields = new List<(ProjectId, string)>();
        foreach (Document document in Documents(context))
        {
            ImmutableArray<Diagnostic> diagnostics = await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);
            if (diagnostics.IsEmpty)
                continue;

            SyntaxNode root = (await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
            SemanticModel model = (await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;
            foreach (Diagnostic diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
            {
                if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { } declarator
                    && model.GetDeclaredSymbol(declarator, context.CancellationToken)?.GetDocumentationCommentId() is { } name)
                    fields.Add((document.Project.Id, name));
            }
        }

        return fields;
    }

    private static IEnumerable<Document> Documents(FixAllContext context) => context.Scope switch
    {
        FixAllScope.Document => context.Document is { } document ? [document] : [],
        FixAllScope.Project => context.Project.Documents,
        FixAllScope.Solution => context.Solution.Projects.Where(project => project.Language == LanguageNames.CSharp).SelectMany(project => project.Documents),
        _ => [],
    };
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes;

/// <summary>
/// Fixes one field after the other, each judged over what the ones before left behind. So it gives what fixing one by one gives, and a lock that
/// several fields share goes with the last of them.
/// </summary>
/// <param name="title">What the whole is called.</param>
/// <param name="fix">Fixes the field in a project that a function finds, in the way an equivalence key names; null where that is not possible.</param>
internal sealed class FieldByFieldFixAllProvider(
    string title, Func<Project, Func<Compilation, ISymbol?>, string?, CancellationToken, Task<Solution?>> fix) : FixAllProvider
{
    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        Solution solution = fixAllContext.Solution;
        foreach ((ProjectId project, string field) in await FieldsAsync(fixAllContext).ConfigureAwait(false))
        {
            solution = await fix(
                solution.GetProject(project)!,
                compilation => DocumentationCommentId.GetFirstSymbolForDeclarationId(field, compilation),
                fixAllContext.CodeActionEquivalenceKey,
                fixAllContext.CancellationToken).ConfigureAwait(false) ?? solution;
        }

        return solution == fixAllContext.Solution ? null
            : CodeAction.Create(title, _ => Task.FromResult(solution), fixAllContext.CodeActionEquivalenceKey);
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

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.HotCollections;

/// <summary>
/// Fixes one field after the other, each judged over what the ones before left behind. So it gives what fixing one by one gives, and a lock that
/// several fields share goes with the last of them.
/// </summary>
internal sealed class ConcurrentCollectionFixAllProvider : FixAllProvider
{
    public static ConcurrentCollectionFixAllProvider Instance { get; } = new();

    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        Solution solution = fixAllContext.Solution;
        foreach ((ProjectId project, string field) in await FieldsAsync(fixAllContext).ConfigureAwait(false))
            solution = await FixAsync(solution, project, field, fixAllContext).ConfigureAwait(false);

        return solution == fixAllContext.Solution
            ? null
            : CodeAction.Create("Make all of them concurrent", _ => Task.FromResult(solution), fixAllContext.CodeActionEquivalenceKey);
    }

    private static async Task<Solution> FixAsync(Solution solution, ProjectId projectId, string field, FixAllContext context)
    {
        Project project = solution.GetProject(projectId)!;
        GuardedCollection? collection = await GuardedCollection.FindAsync(
            project, compilation => DocumentationCommentId.GetFirstSymbolForDeclarationId(field, compilation), context.CancellationToken).ConfigureAwait(false);
        if (collection?.Field.DeclaringSyntaxReferences is not [var declaration])
            return solution;

        ConcurrentTarget? target = CollectionOptions.TargetsFor(project, declaration.SyntaxTree)
            .FirstOrDefault(candidate => ConcurrentCollectionCodeFixProvider.EquivalenceKeyOf(candidate) == context.CodeActionEquivalenceKey);
        if (target is null)
            return solution;

        RewriteOutcome outcome = await CollectionRewrite.TryApplyAsync(collection, target, context.CancellationToken).ConfigureAwait(false);
        return outcome.Changed ?? solution;
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

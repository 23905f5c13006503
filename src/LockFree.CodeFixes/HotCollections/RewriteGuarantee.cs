using LockFree.Analyzers.HotCollections.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace LockFree.CodeFixes.HotCollections;

/// <summary>
/// Carries the plans out and looks at the result before anybody else does: every comment and directive is still there, and the code, which
/// compiled as well as it did, compiles no worse. What fails is not offered.
/// </summary>
internal static class RewriteGuarantee
{
    public static async Task<RewriteOutcome> ApplyAsync(
        Project project, IReadOnlyDictionary<SyntaxTree, RewritePlan> plans, CancellationToken cancellationToken)
    {
        RewriteOutcome outcome = await RewriteAsync(project, plans, cancellationToken).ConfigureAwait(false);
        return outcome.Changed is { } after && await NewErrorAsync(project.Solution, after, cancellationToken).ConfigureAwait(false) is { } error
            ? RewriteOutcome.Refused("would not compile: " + error) : outcome;
    }

    /// <summary>An error that the one solution has and the other had not; null where there is none.</summary>
    public static async Task<string?> NewErrorAsync(Solution before, Solution after, CancellationToken cancellationToken)
    {
        foreach (DocumentId id in after.GetChanges(before).GetProjectChanges().SelectMany(project => project.GetChangedDocuments()))
        {
            if (await CompilationErrors.NewInAsync(before.GetDocument(id)!, after.GetDocument(id)!, cancellationToken).ConfigureAwait(false) is { } error)
                return error;
        }

        return null;
    }

    /// <summary>Carries the plans out and leaves it to the caller to ask for new errors, of several rewrites at once.</summary>
    public static async Task<RewriteOutcome> RewriteAsync(
        Project project, IReadOnlyDictionary<SyntaxTree, RewritePlan> plans, CancellationToken cancellationToken)
    {
        Solution before = project.Solution;
        Solution after = before;
        foreach (KeyValuePair<SyntaxTree, RewritePlan> plan in plans)
        {
            SyntaxNode root = await plan.Key.GetRootAsync(cancellationToken).ConfigureAwait(false);
            SyntaxNode rewritten = plan.Value.ApplyTo(root);
            if (rewritten == root)
                continue;

            if (before.GetDocument(plan.Key) is not { } document || document is SourceGeneratedDocument)
                return RewriteOutcome.Refused("a part of the type is generated");
            if (!plan.Value.KeepsWhatIsNoCode(root, rewritten))
                return RewriteOutcome.Refused("a comment would be lost");

            after = await ReplaceAsync(after, document, rewritten, cancellationToken).ConfigureAwait(false);
            foreach (DocumentId linked in document.GetLinkedDocumentIds())
            {
                // The same file in another project, or for another target: one text for all of them.
                after = after.WithDocumentText(linked, await after.GetDocument(document.Id)!.GetTextAsync(cancellationToken).ConfigureAwait(false));
            }
        }

        return RewriteOutcome.Done(after);
    }

    /// <summary>
    /// Adds the usings here: the editor's own clean-up shies away from a namespace with any extension method whose name the document calls, and
    /// ours has a <c>Select</c>. That it is harmless shows when the result is compiled.
    /// </summary>
    private static async Task<Solution> ReplaceAsync(Solution solution, Document document, SyntaxNode root, CancellationToken cancellationToken)
    {
        root = root.ReplaceNodes(
            root.GetAnnotatedNodes(ImportedName.Annotation),
            (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation));
        Document replaced = solution.WithDocumentSyntaxRoot(document.Id, root).GetDocument(document.Id)!;
        replaced = await ImportAdder.AddImportsAsync(replaced, Simplifier.AddImportsAnnotation, cancellationToken: cancellationToken).ConfigureAwait(false);
        return replaced.Project.Solution;
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockFree.CodeFixes;

/// <summary>
/// Fixes the findings of a document one after the other, each judged anew over what the ones before left: two findings of one method may want
/// the same line, or the same name. So FixAll gives what fixing one by one gives.
/// </summary>
internal static class SiteBySite
{
    /// <summary>FixAll over documents.</summary>
    public static FixAllProvider FixAll(Func<Document, SyntaxNode, CancellationToken, Task<Document?>> fix) =>
        FixAllProvider.Create(async (context, document, diagnostics) => await FixAsync(
            document, diagnostics, (current, site) => fix(current, site, context.CancellationToken), context.CancellationToken).ConfigureAwait(false));

    /// <summary>Offers a fix if it can be made: whether it is exact shows only on trying, so what is offered is what was tried.</summary>
    public static async Task OfferAsync(
        CodeFixContext context, string title, string equivalenceKey, Func<Document, SyntaxNode, CancellationToken, Task<Document?>> fix)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;

        SyntaxNode site = root.FindNode(context.Span, getInnermostNodeForTie: true);
        if (await fix(context.Document, site, context.CancellationToken).ConfigureAwait(false) is { } changed)
            context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(changed), equivalenceKey), context.Diagnostics);
    }

    /// <param name="document">The document.</param>
    /// <param name="diagnostics">Its findings.</param>
    /// <param name="fix">Fixes the finding at a node; null where that is not possible any more.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<Document> FixAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, Func<Document, SyntaxNode, Task<Document?>> fix, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root is null)
            return document;

        var marks = new Dictionary<SyntaxNode, SyntaxAnnotation>();
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
            marks[root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)] = new SyntaxAnnotation();

        root = root.ReplaceNodes(marks.Keys, (original, rewritten) => rewritten.WithAdditionalAnnotations(marks[original]));
        Document current = document.WithSyntaxRoot(root);
        foreach (SyntaxAnnotation mark in marks.Values)
        {
            root = (await current.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            if (root.GetAnnotatedNodes(mark).FirstOrDefault() is { } site)
                current = await fix(current, site).ConfigureAwait(false) ?? current;
        }

        return current;
    }
}

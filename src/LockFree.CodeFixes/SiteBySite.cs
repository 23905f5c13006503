using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockFree.CodeFixes;

/// <summary>
/// Fixes the findings of a document one after the other, each judged anew over what the ones before left: two findings of one method may want
/// the same line, or the same name. So FixAll gives what fixing one by one gives. What comes out must compile no worse than before; to ask that costs a
/// compilation of the whole document, so it is asked of many together, and of each half of them where the answer is no.
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
        if (await fix(context.Document, site, context.CancellationToken).ConfigureAwait(false) is { } changed
            && await CompilationErrors.NewInAsync(context.Document, changed, context.CancellationToken).ConfigureAwait(false) is null)
            context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(changed), equivalenceKey), context.Diagnostics);
    }

    /// <summary>Fixes what can be fixed so that the result compiles no worse than before.</summary>
    /// <param name="document">The document.</param>
    /// <param name="diagnostics">Its findings.</param>
    /// <param name="fix">Fixes the finding at a node; null where that is not possible any more.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<Document> FixAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, Func<Document, SyntaxNode, Task<Document?>> fix, CancellationToken cancellationToken)
    {
        (Document marked, ImmutableArray<SyntaxAnnotation> sites) = await MarkAsync(document, diagnostics, cancellationToken).ConfigureAwait(false);
        return await FixCompilingAsync(marked, sites, fix, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Document> FixCompilingAsync(
        Document document, ImmutableArray<SyntaxAnnotation> sites, Func<Document, SyntaxNode, Task<Document?>> fix, CancellationToken cancellationToken)
    {
        Document changed = await FixAsync(document, sites, fix, cancellationToken).ConfigureAwait(false);
        if (changed == document || await CompilationErrors.NewInAsync(document, changed, cancellationToken).ConfigureAwait(false) is null)
            return changed;
        if (sites.Length == 1)
            return document;

        int half = sites.Length / 2;
        changed = await FixCompilingAsync(document, sites.RemoveRange(half, sites.Length - half), fix, cancellationToken).ConfigureAwait(false);
        return await FixCompilingAsync(changed, sites.RemoveRange(0, half), fix, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Document> FixAsync(
        Document document, ImmutableArray<SyntaxAnnotation> sites, Func<Document, SyntaxNode, Task<Document?>> fix, CancellationToken cancellationToken)
    {
        foreach (SyntaxAnnotation mark in sites)
        {
            SyntaxNode root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            if (root.GetAnnotatedNodes(mark).FirstOrDefault() is { } site)
                document = await fix(document, site).ConfigureAwait(false) ?? document;
        }

        return document;
    }

    /// <summary>Marks the findings' nodes, so that each is found again whatever became of the others; in the order of the source.</summary>
    private static async Task<(Document Marked, ImmutableArray<SyntaxAnnotation> Sites)> MarkAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root is null)
            return (document, ImmutableArray<SyntaxAnnotation>.Empty);

        var marks = new Dictionary<SyntaxNode, SyntaxAnnotation>();
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
            marks[root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)] = new SyntaxAnnotation();

        root = root.ReplaceNodes(marks.Keys, (original, rewritten) => rewritten.WithAdditionalAnnotations(marks[original]));
        return (document.WithSyntaxRoot(root), marks.Values.ToImmutableArray());
    }
}

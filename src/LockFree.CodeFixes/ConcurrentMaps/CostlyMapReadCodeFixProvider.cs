using System.Collections.Immutable;
using System.Composition;
using LockFree.Analyzers.ConcurrentMaps;
using LockFree.Analyzers.HotCollections.Rewriting;
using LockFree.CodeFixes.HotCollections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockFree.CodeFixes.ConcurrentMaps;

/// <summary>Reads a ConcurrentDictionary without its locks where LF1003 found a read that takes all of them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CostlyMapReadCodeFixProvider))]
[Shared]
public sealed class CostlyMapReadCodeFixProvider : CodeFixProvider
{
    private const string EquivalenceKey = CostlyMapRead.Id + ".Cheaper";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(CostlyMapRead.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
        await SiteBySite.FixAsync(
            document, diagnostics, (current, site) => FixAsync(current, site, context.CancellationToken), context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null)
            return;

        // Whether the rewrite is exact shows only on trying, so what is offered is what was tried.
        SyntaxNode site = root.FindNode(context.Span, getInnermostNodeForTie: true);
        if (await FixAsync(context.Document, site, context.CancellationToken).ConfigureAwait(false) is { } changed)
            context.RegisterCodeFix(CodeAction.Create("Read it without the locks", _ => Task.FromResult(changed), EquivalenceKey), context.Diagnostics);
    }

    private static async Task<Document?> FixAsync(Document document, SyntaxNode site, CancellationToken cancellationToken)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || new CheaperReadRewrite(model).PlanFor(site) is not { } plan)
            return null;

        SyntaxNode root = model.SyntaxTree.GetRoot(cancellationToken);
        SyntaxNode rewritten = plan.ApplyTo(root);
        if (!plan.KeepsWhatIsNoCode(root, rewritten))
            return null;
        Document changed = document.WithSyntaxRoot(rewritten);
        return await CompilationErrors.NewInAsync(document, changed, cancellationToken).ConfigureAwait(false) is null ? changed : null;
    }
}

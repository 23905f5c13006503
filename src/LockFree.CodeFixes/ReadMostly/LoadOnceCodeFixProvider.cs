using System.Collections.Immutable;
using System.Composition;
using LockFree.Analyzers.ReadMostly;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.ReadMostly;

/// <summary>Loads a cell once, into a local, where LF2003 found it loaded several times for one purpose.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LoadOnceCodeFixProvider))]
[Shared]
public sealed class LoadOnceCodeFixProvider : CodeFixProvider
{
    private const string EquivalenceKey = TornSnapshot.Id + ".LoadOnce";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TornSnapshot.Id);

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

        // Whether one load is exact shows only on trying, so what is offered is what was tried.
        SyntaxNode site = root.FindNode(context.Span, getInnermostNodeForTie: true);
        if (await FixAsync(context.Document, site, context.CancellationToken).ConfigureAwait(false) is { } changed)
            context.RegisterCodeFix(CodeAction.Create("Load the cell once", _ => Task.FromResult(changed), EquivalenceKey), context.Diagnostics);
    }

    private static async Task<Document?> FixAsync(Document document, SyntaxNode site, CancellationToken cancellationToken)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || site is not InvocationExpressionSyntax load || SingleLoad.Of(load, model) is not { } single)
            return null;

        Document changed = document.WithSyntaxRoot(single.ApplyTo(model.SyntaxTree.GetRoot(cancellationToken)));
        return await CompilationErrors.NewInAsync(document, changed, cancellationToken).ConfigureAwait(false) is null ? changed : null;
    }
}

using System.Collections.Immutable;
using System.Composition;
using LockFree.Analyzers.ReadMostly;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.ReadMostly;

/// <summary>Makes one atomic update of what LF2004 found loaded, changed and stored in steps.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LostUpdateCodeFixProvider))]
[Shared]
public sealed class LostUpdateCodeFixProvider : CodeFixProvider
{
    private const string EquivalenceKey = LostUpdate.Id + ".Update";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(LostUpdate.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
        await SiteBySite.FixAsync(
            document,
            diagnostics.Where(IsFixable).ToImmutableArray(),
            (current, site) => FixAsync(current, site, context.CancellationToken),
            context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || !context.Diagnostics.All(IsFixable))
            return;

        // Whether the update is exact shows only on trying, so what is offered is what was tried.
        SyntaxNode site = root.FindNode(context.Span, getInnermostNodeForTie: true);
        if (await FixAsync(context.Document, site, context.CancellationToken).ConfigureAwait(false) is { } changed
            && await CompilationErrors.NewInAsync(context.Document, changed, context.CancellationToken).ConfigureAwait(false) is null)
        {
            string title = site is AssignmentExpressionSyntax ? "Change it with ImmutableInterlocked.Update" : "Change it with Update";
            context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(changed), EquivalenceKey), context.Diagnostics);
        }
    }

    private static bool IsFixable(Diagnostic diagnostic) => diagnostic.Properties.ContainsKey(LostUpdate.IsFixable);

    private static async Task<Document?> FixAsync(Document document, SyntaxNode site, CancellationToken cancellationToken)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || site is not ExpressionSyntax expression || AtomicUpdate.Of(expression, model) is not { } update)
            return null;

        return document.WithSyntaxRoot(update.ApplyTo(model.SyntaxTree.GetRoot(cancellationToken)));
    }
}

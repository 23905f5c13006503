using System.Collections.Immutable;
using System.Composition;
using LockFree.Analyzers.AsyncLocks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.AsyncLocks;

/// <summary>Makes the reader-writer lock that LF3001 found a semaphore that can be awaited, where only async functions enter it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AwaitableLockCodeFixProvider))]
[Shared]
public sealed class AwaitableLockCodeFixProvider : CodeFixProvider
{
    private const string EquivalenceKey = ReaderWriterLockInAsyncCode.Id + ".SemaphoreSlim";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(ReaderWriterLockInAsyncCode.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
        await SiteBySite.FixAsync(
            document,
            diagnostics,
            async (current, site) => (await FixAsync(current, site, context.CancellationToken).ConfigureAwait(false))?.Changed,
            context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null)
            return;

        // Whether the lock can be replaced shows only on trying, so what is offered is what was tried.
        SyntaxNode site = root.FindNode(context.Span, getInnermostNodeForTie: true);
        if (await FixAsync(context.Document, site, context.CancellationToken).ConfigureAwait(false) is { } fix
            && await CompilationErrors.NewInAsync(context.Document, fix.Changed, context.CancellationToken).ConfigureAwait(false) is null)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Replace the reader-writer lock '{fix.Name}' with a SemaphoreSlim that can be awaited", _ => Task.FromResult(fix.Changed), EquivalenceKey),
                context.Diagnostics);
        }
    }

    private static async Task<(string Name, Document Changed)?> FixAsync(Document document, SyntaxNode site, CancellationToken cancellationToken)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || site is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
            || model.GetSymbolInfo(access.Expression, cancellationToken).Symbol is not IFieldSymbol field
            || AwaitableLock.Of(field, model, cancellationToken) is not { } awaitable)
            return null;

        return (field.Name, document.WithSyntaxRoot(awaitable.ApplyTo(model.SyntaxTree.GetRoot(cancellationToken))));
    }
}

using System.Collections.Immutable;
using System.Composition;
using LockFree.Analyzers.HotCollections;
using LockFree.Analyzers.HotCollections.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.HotCollections;

/// <summary>Makes the dictionary or set that LF1001 found a concurrent one, and removes its lock.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConcurrentCollectionCodeFixProvider))]
[Shared]
public sealed class ConcurrentCollectionCodeFixProvider : CodeFixProvider
{
    private static readonly FixAllProvider FixAll = new FieldByFieldFixAllProvider("Make all of them concurrent", FixAsync);

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DictionaryUnderLock.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAll;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Document document = context.Document;
        SyntaxNode? root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<VariableDeclaratorSyntax>() is not { } declarator)
            return;

        FixableCollection? collection = await FixableCollection.FindAsync(
            document.Project,
            compilation => compilation.GetSemanticModel(declarator.SyntaxTree).GetDeclaredSymbol(declarator, context.CancellationToken),
            context.CancellationToken).ConfigureAwait(false);
        if (collection is null)
            return;

        foreach (ConcurrentTarget target in TargetsFor(collection, declarator.SyntaxTree))
        {
            // Whether the whole field can be rewritten exactly shows only on trying, so what is offered is what was tried.
            RewriteOutcome outcome = await collection.TryApplyAsync(target, context.CancellationToken).ConfigureAwait(false);
            if (outcome.Changed is { } changed)
            {
                string title = $"Make '{declarator.Identifier.ValueText}' a {target.TypeFor(collection.Candidate, collection.Compilation)!.Name} and remove its lock";
                context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(changed), EquivalenceKeyOf(target)), context.Diagnostics);
            }
        }
    }

    internal static string EquivalenceKeyOf(ConcurrentTarget target) => DictionaryUnderLock.Id + "." + target.Name;

    private static async Task<Solution?> FixAsync(
        Project project, Func<Compilation, ISymbol?> fieldOf, string? equivalenceKey, CancellationToken cancellationToken)
    {
        FixableCollection? collection = await FixableCollection.FindAsync(project, fieldOf, cancellationToken).ConfigureAwait(false);
        if (collection?.Field.DeclaringSyntaxReferences is not [var declaration])
            return null;

        ConcurrentTarget? target = TargetsFor(collection, declaration.SyntaxTree).FirstOrDefault(candidate => EquivalenceKeyOf(candidate) == equivalenceKey);
        if (target is null)
            return null;

        RewriteOutcome outcome = await collection.TryRewriteAsync(target, cancellationToken).ConfigureAwait(false);
        return outcome.Changed;
    }

    private static IReadOnlyList<ConcurrentTarget> TargetsFor(FixableCollection collection, SyntaxTree tree) =>
        CollectionOptions.TargetsFor(collection.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(tree), collection.Verdict);
}

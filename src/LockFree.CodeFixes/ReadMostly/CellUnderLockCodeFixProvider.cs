using System.Collections.Immutable;
using System.Composition;
using LockFree.Analyzers.HotCollections.Rewriting;
using LockFree.Analyzers.ReadMostly;
using LockFree.CodeFixes.HotCollections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.ReadMostly;

/// <summary>Makes the single value that LF2001 found under a lock volatile, atomic or a cell, and removes its lock.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CellUnderLockCodeFixProvider))]
[Shared]
public sealed class CellUnderLockCodeFixProvider : CodeFixProvider
{
    private static readonly FixAllProvider FixAll = new FieldByFieldFixAllProvider("Remove the locks around single values", FixAsync);

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(CellUnderLock.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAll;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<VariableDeclaratorSyntax>() is not { } declarator)
            return;
        GuardedCell? cell = await GuardedCell.FindAsync(
            context.Document.Project,
            compilation => compilation.GetSemanticModel(declarator.SyntaxTree).GetDeclaredSymbol(declarator, context.CancellationToken),
            context.CancellationToken).ConfigureAwait(false);
        if (cell is null)
            return;

        foreach (CellTarget target in TargetsFor(cell))
        {
            // Whether the whole field can be rewritten exactly shows only on trying, so what is offered is what was tried.
            RewriteOutcome outcome = await CellRewrite.TryRewriteAsync(cell, target, context.CancellationToken).ConfigureAwait(false);
            if (outcome.Changed is { } changed
                && await RewriteGuarantee.NewErrorAsync(cell.Project.Solution, changed, context.CancellationToken).ConfigureAwait(false) is null)
            {
                string title = target.TitleFor(declarator.Identifier.ValueText);
                context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(changed), EquivalenceKeyOf(target)), context.Diagnostics);
            }
        }
    }

    private static async Task<Solution?> FixAsync(
        Project project, Func<Compilation, ISymbol?> fieldOf, string? equivalenceKey, CancellationToken cancellationToken)
    {
        GuardedCell? cell = await GuardedCell.FindAsync(project, fieldOf, cancellationToken).ConfigureAwait(false);
        if (cell is null || TargetsFor(cell).FirstOrDefault(target => EquivalenceKeyOf(target) == equivalenceKey) is not { } target)
            return null;
        return (await CellRewrite.TryRewriteAsync(cell, target, cancellationToken).ConfigureAwait(false)).Changed;
    }

    private static IEnumerable<CellTarget> TargetsFor(GuardedCell cell) =>
        new CellTarget[] { new SwapCellTarget(cell), new AtomicFieldTarget(cell) }.Where(target => target.Suits(cell.Verdict));

    private static string EquivalenceKeyOf(CellTarget target) => CellUnderLock.Id + "." + target.Name;
}

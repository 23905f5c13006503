using System.Collections.Immutable;
using System.Composition;
using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.HotCollections.Rewriting;
using LockFree.Analyzers.ReadMostly;
using LockFree.CodeFixes.HotCollections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.ReadMostly;

/// <summary>Makes the field volatile that LF2005 found to be read without the lock it is written under.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PlainPublicationCodeFixProvider))]
[Shared]
public sealed class PlainPublicationCodeFixProvider : CodeFixProvider
{
    private const string EquivalenceKey = PlainPublication.Id + ".volatile";

    private static readonly FixAllProvider FixAll =
        new FieldByFieldFixAllProvider("Make all of them volatile", (project, fieldOf, _, cancellationToken) => FixAsync(project, fieldOf, cancellationToken));

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(PlainPublication.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAll;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<VariableDeclaratorSyntax>() is not { } declarator)
            return;
        Solution? changed = await FixAsync(
            context.Document.Project,
            compilation => compilation.GetSemanticModel(declarator.SyntaxTree).GetDeclaredSymbol(declarator, context.CancellationToken),
            context.CancellationToken).ConfigureAwait(false);
        if (changed is not null
            && await RewriteGuarantee.NewErrorAsync(context.Document.Project.Solution, changed, context.CancellationToken).ConfigureAwait(false) is null)
        {
            string title = $"Make '{declarator.Identifier.ValueText}' volatile";
            context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(changed), EquivalenceKey), context.Diagnostics);
        }
    }

    private static async Task<Solution?> FixAsync(Project project, Func<Compilation, ISymbol?> fieldOf, CancellationToken cancellationToken)
    {
        if (await AnalyzedType.AnalyzeAsync(project, fieldOf, cancellationToken).ConfigureAwait(false) is not var (type, field)
            || type.Model.Family.PlainFieldOf(field) is not { } plain
            || PlainFieldJudgement.Of(new FieldSurvey(type.Model), plain).Publication.Verdict is not { WantsVolatile: true }
            || type.Mentions.IsInDisabledCode(field, cancellationToken)
            || FieldModifier.DeclarationOf(field, cancellationToken) is not { } declaration)
            return null;

        var plan = new RewritePlan();
        plan.Replace((SyntaxNode)declaration, FieldModifier.Add(declaration, SyntaxKind.VolatileKeyword));
        var plans = new Dictionary<SyntaxTree, RewritePlan> { [declaration.SyntaxTree] = plan };
        return (await RewriteGuarantee.RewriteAsync(type.Project, plans, cancellationToken).ConfigureAwait(false)).Changed;
    }
}

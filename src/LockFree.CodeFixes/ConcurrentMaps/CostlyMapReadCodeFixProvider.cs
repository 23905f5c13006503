using System.Collections.Immutable;
using System.Composition;
using LockFree.Analyzers.ConcurrentMaps;
using Microsoft.CodeAnalysis;
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
    public override FixAllProvider GetFixAllProvider() => SiteBySite.FixAll(FixAsync);

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context) => SiteBySite.OfferAsync(context, "Read it without the locks", EquivalenceKey, FixAsync);

    private static async Task<Document?> FixAsync(Document document, SyntaxNode site, CancellationToken cancellationToken)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || new CheaperReadRewrite(model).PlanFor(site) is not { } plan)
            return null;

        SyntaxNode root = model.SyntaxTree.GetRoot(cancellationToken);
        SyntaxNode rewritten = plan.ApplyTo(root);
        return plan.KeepsWhatIsNoCode(root, rewritten) ? document.WithSyntaxRoot(rewritten) : null;
    }
}

using System.Collections.Immutable;
using System.Composition;
using LockFree.Analyzers.ConcurrentMaps;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockFree.CodeFixes.ConcurrentMaps;

/// <summary>Makes one operation of what LF1002 found done in two, where a single thread cannot tell the difference.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CheckThenActCodeFixProvider))]
[Shared]
public sealed class CheckThenActCodeFixProvider : CodeFixProvider
{
    private const string EquivalenceKey = CheckThenActOnMap.Id + ".Atomic";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(CheckThenActOnMap.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => SiteBySite.FixAll(FixAsync);

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context) => SiteBySite.OfferAsync(context, "Do it in one atomic operation", EquivalenceKey, FixAsync);

    private static async Task<Document?> FixAsync(Document document, SyntaxNode site, CancellationToken cancellationToken)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || RaceSite.At(site, model) is not { IsKeyAtHand: true } race || !TryPlan(race, cancellationToken))
            return null;

        SyntaxNode root = model.SyntaxTree.GetRoot(cancellationToken);
        SyntaxNode rewritten = race.Plan.ApplyTo(root);
        return race.Plan.KeepsWhatIsNoCode(root, rewritten) ? document.WithSyntaxRoot(rewritten) : null;
    }

    private static bool TryPlan(RaceSite site, CancellationToken cancellationToken) => site.Race.Shape switch
    {
        RaceShape.AddAfterMiss => GetOrAddRewrite.TryPlan(site, cancellationToken),
        RaceShape.LostUpdate => AddOrUpdateRewrite.TryPlan(site),
        RaceShape.MarkOnce => TryAddRewrite.TryPlan(site),
        RaceShape.StaleRemoval => PairRemovalRewrite.TryPlan(site, cancellationToken),
        RaceShape.GetAfterContains => TryGetValueRewrite.TryPlan(site),
        _ => false,
    };
}

using System.Collections.Immutable;
using System.Composition;
using LockFree.Analyzers.Downcasts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockFree.CodeFixes.Downcasts;

/// <summary>Casts once what LF6001 found cast again and again: into a field where that is proved to be the same, else into a local.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RepeatedDowncastCodeFixProvider))]
[Shared]
public sealed class RepeatedDowncastCodeFixProvider : CodeFixProvider
{
    private const string FieldKey = RepeatedDowncastAnalyzer.DiagnosticId + ".Field";
    private const string LocalKey = RepeatedDowncastAnalyzer.DiagnosticId + ".Local";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RepeatedDowncastAnalyzer.DiagnosticId);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
        await SiteBySite.FixAsync(
            document,
            diagnostics,
            (current, cast) => ApplyAsync(current, cast, context.CodeActionEquivalenceKey!, context.CancellationToken),
            context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach ((string key, string title) in new[] { (FieldKey, "Cast once into a read-only field"), (LocalKey, "Cast once into a local") })
        {
            await SiteBySite.OfferAsync(context, title, key, (document, cast, cancellationToken) => ApplyAsync(document, cast, key, cancellationToken))
                .ConfigureAwait(false);
        }
    }

    private static async Task<Document?> ApplyAsync(Document document, SyntaxNode cast, string equivalenceKey, CancellationToken cancellationToken)
    {
        DowncastGroup? group = await DowncastGroup.FindAsync(document, cast, cancellationToken).ConfigureAwait(false);
        if (group is null)
            return null;

        return equivalenceKey == FieldKey ? TypedFieldRewrite.Apply(document, group, cancellationToken) : TypedLocalRewrite.Apply(document, group);
    }
}

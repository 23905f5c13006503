using System.Collections.Immutable;
using System.Composition;
using LockFree.Analyzers.ReadMostly;
using Microsoft.CodeAnalysis;
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
    public override FixAllProvider GetFixAllProvider() => SiteBySite.FixAll(FixAsync);

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context) => SiteBySite.OfferAsync(context, "Load the cell once", EquivalenceKey, FixAsync);

    private static async Task<Document?> FixAsync(Document document, SyntaxNode site, CancellationToken cancellationToken)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || site is not InvocationExpressionSyntax load || SingleLoad.Of(load, model) is not { } single)
            return null;

        return document.WithSyntaxRoot(single.ApplyTo(model.SyntaxTree.GetRoot(cancellationToken)));
    }
}

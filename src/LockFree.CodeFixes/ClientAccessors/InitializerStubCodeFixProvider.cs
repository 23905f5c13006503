using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.ClientAccessors;

/// <summary>
/// Declares the initialiser that a client names and that is not there. Named by a text it is reported as LF9005; named by <c>nameof</c>, the
/// compiler misses it first.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InitializerStubCodeFixProvider))]
[Shared]
public sealed class InitializerStubCodeFixProvider : CodeFixProvider
{
    private const string DiagnosticId = "LF9005";
    private const string UnknownName = "CS0103";
    private const string EquivalenceKey = DiagnosticId + ".Stub";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticId, UnknownName);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => SiteBySite.FixAll(FixAsync);

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SiteBySite.OfferAsync(context, "Declare the initialiser", EquivalenceKey, FixAsync);

    private static async Task<Document?> FixAsync(Document document, SyntaxNode site, CancellationToken cancellationToken)
    {
        if (site.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent.Parent: MemberDeclarationSyntax { Parent: TypeDeclarationSyntax type } member } attribute
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || InitializerStub.Missing(attribute, member, model, cancellationToken) is not { } stub)
            return null;

        TypeDeclarationSyntax completed = type.AddMembers(stub.Declare(document, member));
        return document.WithSyntaxRoot(model.SyntaxTree.GetRoot(cancellationToken).ReplaceNode(type, completed));
    }
}

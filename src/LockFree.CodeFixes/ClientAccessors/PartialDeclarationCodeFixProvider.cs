using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.ClientAccessors;

/// <summary>
/// Makes partial what the generator has to complete: the accessors class and the types around it (LF9001), or a client that is right but for
/// the modifier (LF9002).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PartialDeclarationCodeFixProvider))]
[Shared]
public sealed class PartialDeclarationCodeFixProvider : CodeFixProvider
{
    private const string TypeId = "LF9001";
    private const string MemberId = "LF9002";
    private const string EquivalenceKey = "ClientAccessors.Partial";

    // The name of the property by which the analyzer says that nothing else is wrong with a member.
    private const string LacksOnlyPartial = "LacksOnlyPartial";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TypeId, MemberId);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) => await SiteBySite.FixAsync(
        document,
        diagnostics.Where(IsFixable).ToImmutableArray(),
        (current, site) => FixAsync(current, site, context.CancellationToken),
        context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context) => context.Diagnostics.All(IsFixable)
        ? SiteBySite.OfferAsync(context, "Make it partial", EquivalenceKey, FixAsync)
        : Task.CompletedTask;

    private static bool IsFixable(Diagnostic diagnostic) => diagnostic.Id == TypeId || diagnostic.Properties.ContainsKey(LacksOnlyPartial);

    private static async Task<Document?> FixAsync(Document document, SyntaxNode site, CancellationToken cancellationToken)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || root is null)
            return null;

        IEnumerable<SyntaxNode>? declarations = site switch
        {
            TypeDeclarationSyntax type when model.GetDeclaredSymbol(type, cancellationToken) is { } symbol => PartsOf(symbol, cancellationToken),
            PropertyDeclarationSyntax or MethodDeclarationSyntax => new[] { site },
            _ => null,
        };
        MemberDeclarationSyntax[] lacking = (declarations ?? Enumerable.Empty<SyntaxNode>())
            .OfType<MemberDeclarationSyntax>()
            .Where(declaration => declaration.SyntaxTree == root.SyntaxTree && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            .ToArray();
        if (lacking.Length == 0)
            return null;

        return document.WithSyntaxRoot(root.ReplaceNodes(lacking, (_, rewritten) => WithPartial(rewritten)));
    }

    /// <summary>All declarations of the type and of those around it; null for a type that is completed in no file, whatever its modifiers.</summary>
    private static IEnumerable<SyntaxNode>? PartsOf(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        bool isAccessors = type.GetAttributes().Any(attribute => attribute.AttributeClass.IsRuntimeType("ClientAccessorsAttribute"));
        if (isAccessors && type.IsStatic)
            return null;

        var parts = new List<SyntaxNode>();
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (current.IsFileLocal)
                return null;

            parts.AddRange(current.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)));
        }

        return parts;
    }

    // The language wants it last of the modifiers.
    private static MemberDeclarationSyntax WithPartial(MemberDeclarationSyntax declaration)
    {
        SyntaxToken following = declaration switch
        {
            { Modifiers: { Count: > 0 } modifiers } => modifiers.Last().GetNextToken(),
            { AttributeLists: { Count: > 0 } lists } => lists.Last().GetLastToken().GetNextToken(),
            _ => declaration.GetFirstToken(),
        };
        SyntaxToken partial = SyntaxFactory.Token(following.LeadingTrivia, SyntaxKind.PartialKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space));
        declaration = declaration.ReplaceToken(following, following.WithLeadingTrivia());
        return declaration.WithModifiers(declaration.Modifiers.Add(partial));
    }
}

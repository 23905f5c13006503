using System.Collections.Immutable;
using System.Composition;
using LockFree.Analyzers.HotCollections.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace LockFree.CodeFixes.ClientAccessors;

/// <summary>
/// Removes the second of two members for one client (LF9007), if nothing in the solution uses it, no type demands it and it brings nothing that the
/// first one lacks.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DuplicateClientCodeFixProvider))]
[Shared]
public sealed class DuplicateClientCodeFixProvider : CodeFixProvider
{
    private const string DiagnosticId = "LF9007";
    private const string EquivalenceKey = DiagnosticId + ".Remove";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticId);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => SiteBySite.FixAll(FixAsync);

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SiteBySite.OfferAsync(context, "Remove the duplicate, which nothing uses", EquivalenceKey, FixAsync);

    private static async Task<Document?> FixAsync(Document document, SyntaxNode site, CancellationToken cancellationToken)
    {
        if (site.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent.Parent: MemberDeclarationSyntax { Parent: TypeDeclarationSyntax type } member } attribute
            || NamesInitializer(attribute)
            || member.ContainsDirectives
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || model.GetDeclaredSymbol(member, cancellationToken) is not { IsOverride: false } client
            || ImplementsInterface(client)
            || await IsUsedAsync(client, document.Project.Solution, cancellationToken).ConfigureAwait(false))
            return null;

        return document.WithSyntaxRoot(model.SyntaxTree.GetRoot(cancellationToken).ReplaceNode(type, Without(member, type)));
    }

    private static TypeDeclarationSyntax Without(MemberDeclarationSyntax member, TypeDeclarationSyntax type)
    {
        int index = type.Members.IndexOf(member);
        SyntaxList<MemberDeclarationSyntax> members = type.Members.RemoveAt(index);
        if (index == 0)
        {
            // The blank line stood between the two.
            MemberDeclarationSyntax next = members[0];
            members = members.Replace(next, next.WithLeadingTrivia(LineLayout.WithoutFirstBlankLines(next.GetLeadingTrivia())));
        }

        return type.WithMembers(members);
    }

    // The slot of both members may have it from here.
    private static bool NamesInitializer(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments.Any(argument => argument.NameEquals?.Name.Identifier.ValueText == "Initializer") == true;

    private static bool ImplementsInterface(ISymbol client) => client.ContainingType.AllInterfaces
        .SelectMany(contract => contract.GetMembers(client.Name))
        .Any(demanded => SymbolEqualityComparer.Default.Equals(client.ContainingType.FindImplementationForInterfaceMember(demanded), client));

    private static async Task<bool> IsUsedAsync(ISymbol client, Solution solution, CancellationToken cancellationToken)
    {
        foreach (ReferencedSymbol found in await SymbolFinder.FindReferencesAsync(client, solution, cancellationToken).ConfigureAwait(false))
        {
            if (found.Locations.Any(location => location.Document is not SourceGeneratedDocument))
                return true;
        }

        return false;
    }
}

using System.Collections.Immutable;
using LockFree.Analyzers.Downcasts;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.Downcasts;

/// <summary>The finding behind a diagnostic, found again in the document as it is now.</summary>
internal sealed record DowncastGroup(
    INamedTypeSymbol Type, RepeatedDowncast Repeated, ImmutableArray<RegistryWrite> Writes, SemanticModel Model, SyntaxNode Root)
{
    public static async Task<DowncastGroup?> FindAsync(Document document, SyntaxNode firstCast, CancellationToken cancellationToken)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || root is null || firstCast.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration
            || model.GetDeclaredSymbol(declaration, cancellationToken) is not { } type)
            return null;

        ClientRegistries registries = ClientRegistries.Of(type, RepeatedDowncastAnalyzer.ClientHubType(model.Compilation));
        var collector = new DowncastCollector(type, registries);
        var bodies = new CompiledBodies(tree => model.Compilation.GetSemanticModel(tree), cancellationToken);
        foreach (ISymbol member in WithNested(type).SelectMany(part => part.GetMembers()))
        {
            foreach (IOperation body in bodies.BodyOf(member))
                collector.Add(member, body);
        }

        RepeatedDowncast? repeated = RepeatedDowncasts.Find(collector)
            .FirstOrDefault(group => group.First.Cast.Syntax.SyntaxTree == firstCast.SyntaxTree && group.First.Cast.Syntax.Span == firstCast.Span);
        return repeated is null ? null : new DowncastGroup(type, repeated, collector.Writes, model, root);
    }

    public DowncastSite First => Repeated.First;

    private static IEnumerable<INamedTypeSymbol> WithNested(INamedTypeSymbol type) => type.GetTypeMembers().SelectMany(WithNested).Prepend(type);

    /// <summary>A name after the client's type that no identifier of the document's type bears, in the style of the registry's own name.</summary>
    public string FreshName(SyntaxNode scope, string prefix, bool capital)
    {
        string name = First.Target.Name;
        if (First.Target.TypeKind == TypeKind.Interface && name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]))
            name = name.Substring(1);

        name = prefix + (capital ? name : char.ToLowerInvariant(name[0]) + name.Substring(1));
        var taken = new HashSet<string>(scope.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        foreach (ISymbol member in Type.GetMembers())
            taken.Add(member.Name);

        string fresh = name;
        for (int n = 2; taken.Contains(fresh); n++)
            fresh = name + n;

        return fresh;
    }
}

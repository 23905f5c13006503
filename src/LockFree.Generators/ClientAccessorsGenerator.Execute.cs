using System.Collections.Immutable;
using LockFree.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Generators;

public sealed partial class ClientAccessorsGenerator
{
    private static bool IsNamed(SyntaxNode node, CancellationToken cancellationToken) =>
        node is TypeDeclarationSyntax type && type.AttributeLists.Any(static list => list.Attributes.Any(static attribute => IsName(attribute.Name)));

    private static bool IsCandidateByAlias(SyntaxNode node, CancellationToken cancellationToken) =>
        node is TypeDeclarationSyntax && !IsNamed(node, cancellationToken);

    private static bool IsName(NameSyntax name) => name switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText is WellKnownNames.ClientAccessorsAttributeName or WellKnownNames.ClientAccessorsShortName,
        QualifiedNameSyntax qualified => IsName(qualified.Right),
        AliasQualifiedNameSyntax qualified => IsName(qualified.Name),
        _ => false,
    };

    // The compiler compares the names of generated files without regard to case, and throws when two are equal.
    private static EquatableArray<string> FindAmbiguousHintNames(ImmutableArray<string> hintNames, CancellationToken cancellationToken) =>
        hintNames
            .GroupBy(static name => name, StringComparer.OrdinalIgnoreCase)
            .Where(static sameButForCase => sameButForCase.Skip(1).Any())
            .SelectMany(static sameButForCase => sameButForCase)
            .OrderBy(static name => name, StringComparer.Ordinal)
            .ToImmutableArray();

    private static string FileName(string hintName, EquatableArray<string> ambiguousHintNames)
    {
        int position = ambiguousHintNames.TakeWhile(name => name != hintName).Count();
        return position == ambiguousHintNames.Count ? $"{hintName}.g.cs" : $"{hintName}.{position + 1}.g.cs";
    }
}

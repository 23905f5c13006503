using System.Collections.Immutable;
using LockFree.Generators.Models;
using LockFree.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Generators;

public sealed partial class ClientAccessorsGenerator
{
    private static bool IsCandidate(SyntaxNode node, CancellationToken cancellationToken) => node is TypeDeclarationSyntax;

    private static AccessorsModel? ReadAccessors(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        if (context.TargetSymbol is not INamedTypeSymbol type || !IsFirstMarked(type, context.TargetNode, cancellationToken))
            return null;

        return AccessorsReader.Read(type, context.SemanticModel.Compilation, new ProblemReporter(null), cancellationToken, out _);
    }

    // While somebody types, two parts of a class may carry the attribute. The class is written once all the same.
    private static bool IsFirstMarked(INamedTypeSymbol type, SyntaxNode node, CancellationToken cancellationToken)
    {
        SyntaxNode? attribute = type.FindRuntimeAttribute(WellKnownNames.ClientAccessorsAttributeName)?
            .ApplicationSyntaxReference?.GetSyntax(cancellationToken);
        return attribute?.FirstAncestorOrSelf<TypeDeclarationSyntax>() == node;
    }

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

using System.Collections.Immutable;
using LockFree.Generators.Models;
using LockFree.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.Generators;

public sealed partial class ClientAccessorsGenerator
{
    private static bool IsNamed(SyntaxNode node, CancellationToken cancellationToken) =>
        node is TypeDeclarationSyntax type
        && HasAttribute(type, WellKnownNames.ClientAccessorsAttributeName, WellKnownNames.ClientAccessorsShortName);

    private static bool IsCandidateByAlias(SyntaxNode node, CancellationToken cancellationToken) =>
        node is TypeDeclarationSyntax && !IsNamed(node, cancellationToken);

    // Of others the compiler misses nothing, so that the analyzer is heard.
    private static bool IsIncompleteClientElsewhere(SyntaxNode node, CancellationToken cancellationToken) =>
        node is MemberDeclarationSyntax { Parent: TypeDeclarationSyntax type } member and (PropertyDeclarationSyntax or MethodDeclarationSyntax)
        && (member.Modifiers.Any(SyntaxKind.PartialKeyword) || member is MethodDeclarationSyntax { Body: null, ExpressionBody: null })
        && HasAttribute(member, WellKnownNames.ClientAttributeName, WellKnownNames.ClientShortName)
        && !IsNamed(type, cancellationToken);

    private static EquatableArray<ProblemModel> FindProblemElsewhere(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        var problems = new List<ProblemModel>();
        if (context.SemanticModel.GetDeclaredSymbol(context.Node, cancellationToken) is { ContainingType: not null } member)
            OutsideAccessorsReader.Read(member, new ProblemReporter(problems));
        return problems.ToImmutableArray();
    }

    private static bool HasAttribute(MemberDeclarationSyntax declaration, string fullName, string shortName)
    {
        foreach (AttributeListSyntax list in declaration.AttributeLists)
        {
            foreach (AttributeSyntax attribute in list.Attributes)
            {
                if (IsName(attribute.Name, fullName, shortName))
                    return true;
            }
        }

        return false;
    }

    private static bool IsName(NameSyntax name, string fullName, string shortName) => name switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText == fullName || simple.Identifier.ValueText == shortName,
        QualifiedNameSyntax qualified => IsName(qualified.Right, fullName, shortName),
        AliasQualifiedNameSyntax qualified => IsName(qualified.Name, fullName, shortName),
        _ => false,
    };

    // The compiler brings options of its own, a workspace those of its projects. In a workspace the analyzer is heard whatever else is wrong, and nobody would
    // join what both say.
    private static bool IsCommandLineCompiler(AnalyzerConfigOptionsProvider options, CancellationToken cancellationToken) =>
        options.GetType().Assembly == typeof(AnalyzerConfigOptionsProvider).Assembly;

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

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LockFree.Generators.Models;
using LockFree.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Generators.Caching;

/// <summary>
/// Remembers what each declaration of an accessors class was read as. It is read again when its own file changes, or when any file declares something else
/// than before: then it gives the same answer as reading would, only sooner.
/// </summary>
/// <remarks>Safe to use from many threads. An entry goes with its syntax node.</remarks>
internal sealed class AccessorsCache
{
    private readonly DeclarationVersions _versions = new();
    private readonly ConditionalWeakTable<SyntaxNode, StrongBox<ReadAccessors?>> _entries = new();

    /// <summary>What the class is read as; nothing where the node is not the one that marks it.</summary>
    public AccessorsReading Read(TypeDeclarationSyntax node, SemanticModel semanticModel, CancellationToken cancellationToken)
    {
        StrongBox<ReadAccessors?> entry = _entries.GetOrCreateValue(node);
        DeclarationVersion version = _versions.Of(semanticModel.Compilation);
        if (entry.Value is { } known && known.Version == version)
            return known.Reading;

        var type = semanticModel.GetDeclaredSymbol(node, cancellationToken) as INamedTypeSymbol;
        AccessorsReading reading = type is not null && IsFirstMarked(type, node, cancellationToken)
            ? Read(type, semanticModel.Compilation, version.HandWritten, cancellationToken)
            : AccessorsReading.Nothing;

        // Comments are read, too, and those of a part in another file are no declarations; nor is the position of what is wrong there.
        if (type?.DeclaringSyntaxReferences.Length == 1 && reading.Problems.All(problem => problem.Path == node.SyntaxTree.FilePath))
            entry.Value = new ReadAccessors(version, reading);
        return reading;
    }

    private static AccessorsReading Read(
        INamedTypeSymbol type, Compilation compilation, HandWrittenRegistrations handWritten, CancellationToken cancellationToken)
    {
        var problems = new List<ProblemModel>();
        AccessorsModel? model = AccessorsReader.Read(type, compilation, handWritten, new ProblemReporter(problems), cancellationToken, out _);
        return new AccessorsReading(model, problems.Where(static problem => problem.Rule.DefaultSeverity == DiagnosticSeverity.Error).ToImmutableArray());
    }

    // While somebody types, two parts of a class may carry the attribute. The class is written once all the same.
    private static bool IsFirstMarked(INamedTypeSymbol type, SyntaxNode node, CancellationToken cancellationToken)
    {
        SyntaxNode? attribute = type.FindRuntimeAttribute(WellKnownNames.ClientAccessorsAttributeName)?
            .ApplicationSyntaxReference?.GetSyntax(cancellationToken);
        return attribute?.FirstAncestorOrSelf<TypeDeclarationSyntax>() == node;
    }
}

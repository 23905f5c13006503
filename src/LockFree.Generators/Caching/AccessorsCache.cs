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

    /// <summary>The model of the class; null where the node is not the one that marks it, or where it cannot be completed.</summary>
    public AccessorsModel? Read(TypeDeclarationSyntax node, SemanticModel semanticModel, CancellationToken cancellationToken)
    {
        StrongBox<ReadAccessors?> entry = _entries.GetOrCreateValue(node);
        DeclarationVersion version = _versions.Of(semanticModel.Compilation);
        if (entry.Value is { } known && known.Version == version)
            return known.Model;

        var type = semanticModel.GetDeclaredSymbol(node, cancellationToken) as INamedTypeSymbol;
        AccessorsModel? model = type is not null && IsFirstMarked(type, node, cancellationToken)
            ? AccessorsReader.Read(type, semanticModel.Compilation, new ProblemReporter(null), cancellationToken, out _)
            : null;

        // Comments are read, too, and those of a part in another file are no declarations.
        if (type?.DeclaringSyntaxReferences.Length == 1)
            entry.Value = new ReadAccessors(version, model);
        return model;
    }

    // While somebody types, two parts of a class may carry the attribute. The class is written once all the same.
    private static bool IsFirstMarked(INamedTypeSymbol type, SyntaxNode node, CancellationToken cancellationToken)
    {
        SyntaxNode? attribute = type.FindRuntimeAttribute(WellKnownNames.ClientAccessorsAttributeName)?
            .ApplicationSyntaxReference?.GetSyntax(cancellationToken);
        return attribute?.FirstAncestorOrSelf<TypeDeclarationSyntax>() == node;
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>
/// Where the code of an outermost type mentions which name. Read once for all fields of the type: there may be ten thousand.
/// </summary>
/// <param name="type">The outermost type.</param>
/// <param name="semanticModelOf">
/// The semantic model of a document of the type: an analyzer has those of the operations it was given, and none for a document without any.
/// </param>
internal sealed class TypeMentions(INamedTypeSymbol type, Func<SyntaxTree, SemanticModel?> semanticModelOf)
{
    private readonly Dictionary<SyntaxTree, SemanticModel?> _models = new();
    private ILookup<string, IdentifierNameSyntax>? _names;
    private string? _disabledText;

    public SemanticModel? ModelOf(SyntaxTree tree)
    {
        if (!_models.TryGetValue(tree, out SemanticModel? model))
            _models.Add(tree, model = semanticModelOf(tree));
        return model;
    }

    /// <summary>
    /// Every mention of a field, with what qualifies it: <c>_map</c>, <c>this._map</c>, <c>other._map</c>. A mention in another form stands
    /// for itself alone.
    /// </summary>
    public IEnumerable<ExpressionSyntax> Of(IFieldSymbol field, CancellationToken cancellationToken)
    {
        _names ??= type.DeclaringSyntaxReferences.SelectMany(reference => reference.GetSyntax(cancellationToken).DescendantNodes())
            .OfType<IdentifierNameSyntax>().ToLookup(name => name.Identifier.ValueText, StringComparer.Ordinal);
        foreach (IdentifierNameSyntax name in _names[field.Name])
        {
            if (ModelOf(name.SyntaxTree) is not { } model)
                continue;

            SymbolInfo info = model.GetSymbolInfo(name, cancellationToken);
            if (info.CandidateSymbols.Append(info.Symbol).Any(symbol => SymbolEqualityComparer.Default.Equals(symbol?.OriginalDefinition, field.OriginalDefinition)))
                yield return name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        }
    }

    /// <summary>True where code that is switched off by <c>#if</c> names the field: there is another program to keep, which nobody can check.</summary>
    public bool IsInDisabledCode(IFieldSymbol field, CancellationToken cancellationToken)
    {
        _disabledText ??= string.Join("\n", type.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree).Distinct()
            .Select(tree => tree.GetRoot(cancellationToken)).Where(root => root.ContainsDirectives)
            .SelectMany(root => root.DescendantTrivia()).Where(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia)).Select(trivia => trivia.ToString()));
        return _disabledText.Contains(field.Name);
    }
}

using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes;

/// <summary>An outermost type, analyzed again over the project as it is now, with all the places a fix has to touch.</summary>
/// <param name="Project">The project.</param>
/// <param name="Compilation">Its compilation.</param>
/// <param name="Model">What guards what in the outermost type.</param>
internal record AnalyzedType(Project Project, Compilation Compilation, GuardedStateModel Model)
{
    /// <summary>The type around a field, and the field; null where there is no such field.</summary>
    public static async Task<(AnalyzedType Type, IFieldSymbol Field)?> AnalyzeAsync(
        Project project, Func<Compilation, ISymbol?> fieldOf, CancellationToken cancellationToken)
    {
        Compilation? compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        if (compilation is null || fieldOf(compilation) is not IFieldSymbol field)
            return null;

        INamedTypeSymbol outermost = field.ContainingType;
        while (outermost.ContainingType is { } outer)
            outermost = outer;

        var bodies = new CompiledBodies(tree => compilation.GetSemanticModel(tree), cancellationToken);
        GuardedStateModel model = GuardedStateModelBuilder.Build(new TypeFamily(outermost), bodies.BodyOf, new LockWrappers(), cancellationToken);
        return model.IsIncomplete ? null : (new AnalyzedType(project, compilation, model), field);
    }

    /// <summary>Every tree that declares a part of the outermost type.</summary>
    public IEnumerable<SyntaxTree> Trees => Model.Type.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree).Distinct();

    /// <summary>
    /// Every mention of a field in the code of the type, with what qualifies it: <c>_map</c>, <c>this._map</c>, <c>other._map</c>. A mention in
    /// another form stands for itself alone.
    /// </summary>
    public IEnumerable<ExpressionSyntax> MentionsOf(IFieldSymbol field, CancellationToken cancellationToken)
    {
        foreach (SyntaxReference reference in Model.Type.DeclaringSyntaxReferences)
        {
            SyntaxNode declaration = reference.GetSyntax(cancellationToken);
            SemanticModel semantics = Compilation.GetSemanticModel(declaration.SyntaxTree);
            foreach (IdentifierNameSyntax name in declaration.DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (name.Identifier.ValueText != field.Name)
                    continue;

                SymbolInfo info = semantics.GetSymbolInfo(name, cancellationToken);
                if (info.CandidateSymbols.Append(info.Symbol).Any(symbol => SymbolEqualityComparer.Default.Equals(symbol?.OriginalDefinition, field.OriginalDefinition)))
                    yield return name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
            }
        }
    }

    /// <summary>True where code that is switched off by <c>#if</c> names the field: there is another program to keep, which nobody can check.</summary>
    public bool IsNamedInDisabledCode(IFieldSymbol field, CancellationToken cancellationToken)
        => Trees.Any(tree => tree.GetRoot(cancellationToken).DescendantTrivia().Any(trivia =>
            trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.ToString().Contains(field.Name)));
}

using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.HotCollections.Rewriting;
using Microsoft.CodeAnalysis;

namespace LockFree.CodeFixes;

/// <summary>An outermost type, analyzed again over the project as it is now, with all the places a fix has to touch.</summary>
/// <param name="Project">The project.</param>
/// <param name="Compilation">Its compilation.</param>
/// <param name="Model">What guards what in the outermost type.</param>
internal record AnalyzedType(Project Project, Compilation Compilation, GuardedStateModel Model)
{
    /// <summary>Where the type names its fields.</summary>
    public TypeMentions Mentions { get; } = new(Model.Type, tree => Compilation.GetSemanticModel(tree));

    /// <summary>The type around a field, and the field; null where there is no such field.</summary>
    public static async Task<(AnalyzedType Type, IFieldSymbol Field)?> AnalyzeAsync(
        Project project, Func<Compilation, ISymbol?> fieldOf, CancellationToken cancellationToken)
    {
        Compilation? compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        if (compilation is null || fieldOf(compilation) is not IFieldSymbol field)
            return null;

        INamedTypeSymbol outermost = TypeFamily.OutermostOf(field.ContainingType);

        var bodies = new CompiledBodies(tree => compilation.GetSemanticModel(tree), cancellationToken);
        GuardedStateModel model = GuardedStateModelBuilder.Build(new TypeFamily(outermost), bodies.BodyOf, new LockWrappers(), cancellationToken);
        return model.IsIncomplete ? null : (new AnalyzedType(project, compilation, model), field);
    }
}

using System.Collections.Immutable;
using System.Text;
using LockFree.Generators.Caching;
using LockFree.Generators.Emission;
using LockFree.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LockFree.Generators;

/// <summary>
/// Completes the classes that carry <c>[ClientAccessors]</c>: a constructor that takes the slot of each client from the hub, and
/// members that read those slots. What is wrong with a class is told by <see cref="Diagnostics.ClientAccessorsAnalyzer"/>.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed partial class ClientAccessorsGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Kept for as long as the editor keeps this pipeline, and no longer.
        var cache = new AccessorsCache();

        // ForAttributeWithMetadataName binds the attributes of every candidate after every keystroke, which takes longer than all the rest. So
        // it is left with the attribute under another name, and the name itself is looked for in the syntax.
        IncrementalValuesProvider<AccessorsModel> named = Present(context.SyntaxProvider
            .CreateSyntaxProvider(IsNamed, (type, cancellationToken) =>
                cache.Read((TypeDeclarationSyntax)type.Node, type.SemanticModel, cancellationToken))
            .WithTrackingName(TrackingNames.ReadAccessors));
        IncrementalValuesProvider<AccessorsModel> aliased = Present(context.SyntaxProvider
            .ForAttributeWithMetadataName(WellKnownNames.ClientAccessorsAttribute, IsCandidateByAlias, (type, cancellationToken) =>
                cache.Read((TypeDeclarationSyntax)type.TargetNode, type.SemanticModel, cancellationToken))
            .WithTrackingName(TrackingNames.ReadAliasedAccessors));

        IncrementalValueProvider<EquatableArray<string>> ambiguousHintNames = HintNames(named)
            .Combine(HintNames(aliased))
            .Select(static (names, cancellationToken) => FindAmbiguousHintNames(names.Left.AddRange(names.Right), cancellationToken))
            .WithTrackingName(TrackingNames.FindAmbiguousHintNames);

        Write(context, named, ambiguousHintNames);
        Write(context, aliased, ambiguousHintNames);
    }

    private static IncrementalValuesProvider<AccessorsModel> Present(IncrementalValuesProvider<AccessorsModel?> models) =>
        models.Where(static model => model is not null).Select(static (model, _) => model!);

    private static IncrementalValueProvider<ImmutableArray<string>> HintNames(IncrementalValuesProvider<AccessorsModel> models) =>
        models.Select(static (model, _) => model.HintName).Collect();

    private static void Write(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<AccessorsModel> accessors,
        IncrementalValueProvider<EquatableArray<string>> ambiguousHintNames)
    {
        IncrementalValuesProvider<(AccessorsModel Model, string FileName)> files = accessors
            .Combine(ambiguousHintNames)
            .Select(static (pair, _) => (pair.Left, FileName(pair.Left.HintName, pair.Right)))
            .WithTrackingName(TrackingNames.NameFile);

        context.RegisterSourceOutput(files, static (output, file) =>
            output.AddSource(file.FileName, SourceText.From(AccessorsWriter.Write(file.Model), Encoding.UTF8)));
    }
}

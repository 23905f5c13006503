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
/// members that read those slots. What is wrong with a class is told by <see cref="Diagnostics.ClientAccessorsAnalyzer"/>; what keeps a client from being generated is
/// repeated to a compiler that would not run it to its end.
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
        IncrementalValuesProvider<AccessorsReading> readByName = context.SyntaxProvider
            .CreateSyntaxProvider(IsNamed, (type, cancellationToken) =>
                cache.Read((TypeDeclarationSyntax)type.Node, type.SemanticModel, cancellationToken))
            .WithTrackingName(TrackingNames.ReadAccessors);
        IncrementalValuesProvider<AccessorsReading> readByAlias = context.SyntaxProvider
            .ForAttributeWithMetadataName(WellKnownNames.ClientAccessorsAttribute, IsCandidateByAlias, (type, cancellationToken) =>
                cache.Read((TypeDeclarationSyntax)type.TargetNode, type.SemanticModel, cancellationToken))
            .WithTrackingName(TrackingNames.ReadAliasedAccessors);
        IncrementalValuesProvider<AccessorsModel> named = Models(readByName);
        IncrementalValuesProvider<AccessorsModel> aliased = Models(readByAlias);

        IncrementalValueProvider<EquatableArray<string>> ambiguousHintNames = HintNames(named)
            .Combine(HintNames(aliased))
            .Select(static (names, cancellationToken) => FindAmbiguousHintNames(names.Left.AddRange(names.Right), cancellationToken))
            .WithTrackingName(TrackingNames.FindAmbiguousHintNames);

        Write(context, named, ambiguousHintNames);
        Write(context, aliased, ambiguousHintNames);

        IncrementalValuesProvider<ProblemModel> problemsElsewhere = context.SyntaxProvider
            .CreateSyntaxProvider(IsIncompleteClientElsewhere, FindProblemElsewhere)
            .SelectMany(static (problems, _) => problems);
        IncrementalValueProvider<bool> isCompiler = context.AnalyzerConfigOptionsProvider.Select(IsCommandLineCompiler);
        Repeat(context, Problems(readByName), isCompiler);
        Repeat(context, Problems(readByAlias), isCompiler);
        Repeat(context, problemsElsewhere, isCompiler);
    }

    private static IncrementalValuesProvider<AccessorsModel> Models(IncrementalValuesProvider<AccessorsReading> readings) =>
        readings.Where(static reading => reading.Model is not null).Select(static (reading, _) => reading.Model!);

    private static IncrementalValuesProvider<ProblemModel> Problems(IncrementalValuesProvider<AccessorsReading> readings) =>
        readings.SelectMany(static (reading, _) => reading.Problems);

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

    // The compiler drops what analyzers found once it misses the other half of a member, as it does of whatever has a problem.
    private static void Repeat(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ProblemModel> problems, IncrementalValueProvider<bool> isCompiler)
    {
        IncrementalValuesProvider<ProblemModel> unheard = problems
            .Combine(isCompiler)
            .Where(static pair => pair.Right)
            .Select(static (pair, _) => pair.Left)
            .WithTrackingName(TrackingNames.RepeatProblem);

        context.RegisterImplementationSourceOutput(
            unheard.Combine(context.CompilationProvider), static (output, pair) => output.ReportDiagnostic(pair.Left.In(pair.Right)));
    }
}

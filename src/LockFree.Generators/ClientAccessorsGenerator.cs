using System.Text;
using LockFree.Generators.Emission;
using LockFree.Generators.Models;
using Microsoft.CodeAnalysis;
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
        IncrementalValuesProvider<AccessorsModel> accessors = context.SyntaxProvider
            .ForAttributeWithMetadataName(WellKnownNames.ClientAccessorsAttribute, IsCandidate, ReadAccessors)
            .WithTrackingName(TrackingNames.ReadAccessors)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!);

        IncrementalValueProvider<EquatableArray<string>> ambiguousHintNames = accessors
            .Select(static (model, _) => model.HintName)
            .Collect()
            .Select(FindAmbiguousHintNames)
            .WithTrackingName(TrackingNames.FindAmbiguousHintNames);

        IncrementalValuesProvider<(AccessorsModel Model, string FileName)> files = accessors
            .Combine(ambiguousHintNames)
            .Select(static (pair, _) => (pair.Left, FileName(pair.Left.HintName, pair.Right)))
            .WithTrackingName(TrackingNames.NameFile);

        context.RegisterSourceOutput(files, static (output, file) =>
            output.AddSource(file.FileName, SourceText.From(AccessorsWriter.Write(file.Model), Encoding.UTF8)));
    }
}

using System.Collections.Immutable;
using LockFree.Generators.Diagnostics;
using LockFree.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.Generators.Tests.Testing;

/// <summary>Compiles sources as a consumer of the runtime does, and runs the generator over them.</summary>
internal static class GeneratorHost
{
    public static readonly ImmutableArray<MetadataReference> References =
        SdkReferenceAssemblies.Net100.Add(MetadataReference.CreateFromFile(typeof(ClientAccessorsAttribute).Assembly.Location));

    /// <summary>The newest C# the compiler under test knows; with it the compiler checks documentation too.</summary>
    public static readonly CSharpParseOptions Parse = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    /// <summary>The strictest consumer: every warning of every warning wave on, arithmetic checked.</summary>
    public static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        checkOverflow: true,
        warningLevel: 9999,
        nullableContextOptions: NullableContextOptions.Enable);

    public static CSharpCompilation Compile(params string[] sources) => Compile(Parse, sources);

    public static CSharpCompilation Compile(CSharpParseOptions parse, params string[] sources) => CSharpCompilation.Create(
        "Consumer",
        sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, parse, $"Source{index}.cs")),
        References,
        Options);

    /// <summary>A driver as the command line compiler makes it, or one with the <paramref name="options"/> of another host.</summary>
    public static CSharpGeneratorDriver CreateDriver(
        CSharpParseOptions? parse = null, bool tracksSteps = true, AnalyzerConfigOptionsProvider? options = null) => CSharpGeneratorDriver.Create(
        [new ClientAccessorsGenerator().AsSourceGenerator()],
        parseOptions: parse ?? Parse,
        optionsProvider: options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: tracksSteps));

    /// <summary>Runs the generator once; an exception in it fails the test.</summary>
    public static GeneratorRun Run(CSharpCompilation compilation)
    {
        CSharpParseOptions? parse = compilation.SyntaxTrees.Select(tree => (CSharpParseOptions)tree.Options).FirstOrDefault();
        GeneratorDriver driver = CreateDriver(parse).RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        if (result.Exception is { } exception)
            throw new InvalidOperationException("The generator threw.", exception);

        return new GeneratorRun(result.GeneratedSources, result.Diagnostics, (CSharpCompilation)output);
    }

    /// <summary>What the companion analyzer says.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation) =>
        await compilation.WithAnalyzers([new ClientAccessorsAnalyzer()]).GetAnalyzerDiagnosticsAsync(CancellationToken.None);
}

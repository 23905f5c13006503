using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;
using LockFree.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.Analyzers.Tests.GuardedState;

/// <summary>Compiles sources against net10.0 and runs the analyzer over them, or dumps the model it judges.</summary>
internal static class AnalyzedSource
{
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);
    private static readonly SyntaxTree Usings = CSharpSyntaxTree.ParseText(GlobalUsings, ParseOptions, "Usings.cs");

    private static readonly CSharpCompilationOptions CompilationOptions =
        new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);

    /// <summary>
    /// The findings as lines "LF1001 warning _map", with the text at the reported place, in source order. Sources must compile.
    /// </summary>
    public static async Task<string[]> FindingsAsync(params string[] sources) =>
        (await DiagnosticsAsync(sources)).Select(Describe).ToArray();

    /// <summary>The findings themselves, in source order.</summary>
    public static Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(params string[] sources) => DiagnosticsAsync(new GuardedStateAnalyzer(), sources);

    /// <summary>The findings of another analyzer as lines like those of <see cref="FindingsAsync(string[])"/>.</summary>
    public static async Task<string[]> FindingsAsync(DiagnosticAnalyzer analyzer, params string[] sources) =>
        (await DiagnosticsAsync(analyzer, sources)).Select(Describe).ToArray();

    /// <summary>The findings of another analyzer, in source order.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(DiagnosticAnalyzer analyzer, params string[] sources)
    {
        CSharpCompilation compilation = Compile(sources);
        Diagnostic[] errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToArray();
        Assert.True(errors.Length == 0, string.Join("\n", errors.Select(error => error.ToString())));
        return await AnalyzeAsync(compilation, analyzer);
    }

    /// <summary>Runs the analyzer over any compilation, one that does not compile too; an exception in the analyzer shows as AD0001.</summary>
    public static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(CSharpCompilation compilation) => AnalyzeAsync(compilation, new GuardedStateAnalyzer());

    /// <summary>The same with another analyzer.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(CSharpCompilation compilation, DiagnosticAnalyzer analyzer)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: false);
        ImmutableArray<Diagnostic> diagnostics = await compilation.WithAnalyzers([analyzer], options).GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath).ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    public static CSharpCompilation Compile(params string[] sources) => CSharpCompilation.Create(
        "Analyzed",
        sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"Source{i}.cs")).Prepend(Usings),
        SdkReferenceAssemblies.Net100.Add(Runtime),
        CompilationOptions);

    /// <summary>LockFree.Runtime: <see cref="Compile"/> references it.</summary>
    public static MetadataReference Runtime { get; } = MetadataReference.CreateFromFile(typeof(ShardedMap<,>).Assembly.Location);

    /// <summary>The model of the only type of a source, as text.</summary>
    public static string ModelTextOf(string source) => ModelText.Of(ModelOf(source));

    /// <summary>The model of a source's type, as text; the type is told by its place among those of the source.</summary>
    public static string ModelTextOf(int typeIndex, string source) => ModelText.Of(ModelOf(source, typeIndex));

    /// <summary>The model as a code fix would build it.</summary>
    public static GuardedStateModel ModelOf(string source, int typeIndex = 0)
    {
        CSharpCompilation compilation = Compile(source);
        INamedTypeSymbol type = compilation.Assembly.GlobalNamespace.GetTypeMembers().OrderBy(type => type.Locations[0].SourceSpan.Start).ElementAt(typeIndex);
        var bodies = new CompiledBodies(tree => compilation.GetSemanticModel(tree), CancellationToken.None);
        return GuardedStateModelBuilder.Build(new TypeFamily(type), bodies.BodyOf, new LockWrappers(), CancellationToken.None);
    }

    /// <summary>As in <see cref="FindingsAsync"/>.</summary>
    public static string Describe(Diagnostic diagnostic)
    {
        string place = diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan);
        return $"{diagnostic.Id} {diagnostic.Severity.ToString().ToLowerInvariant()} {place}";
    }
}

using System.Collections.Immutable;
using LockFree.Generators.Diagnostics;
using LockFree.Generators.Tests.Testing;
using LockFree.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.Generators.Tests.Diagnostics;

/// <summary>
/// The command line compiler drops what analyzers found once a declaration is wrong, as it is where a half is missing that could not be generated. To it
/// the generator repeats what the analyzer says, and to nobody else.
/// </summary>
public sealed class RepeatedProblemTests
{
    private const string Usings = "using System.Threading;\nusing System.Threading.Tasks;\nusing LockFree;\npublic interface IOrders;\n";

    private const string NotPartial = Usings + "[ClientAccessors] public class Clients;";

    [Theory]
    [InlineData("[ClientAccessors] public class Clients { [Client(\"orders\")] public partial IOrders GetOrders(); }", "LF9001")]
    [InlineData("public class Outer { [ClientAccessors] public class Clients; }", "LF9001", "LF9001")]
    [InlineData("[ClientAccessors] public partial class Clients { [Client(\"orders\")] public partial Task<IOrders> OrdersAsync(); }", "LF9002")]
    [InlineData("[ClientAccessors] public partial class Clients { [Client(\"orders\")] public IOrders Orders { get; } }", "LF9002")]
    [InlineData("[ClientAccessors] public partial class Clients { [Client] public partial IOrders GetOrders(); }", "LF9004")]
    [InlineData("[HubClient(\" \")] public interface IEmpty; [ClientAccessors] public partial class Clients { [Client] public partial IEmpty Get(); }", "LF9004")]
    [InlineData("[ClientAccessors] public partial class Clients { [Client(\"orders\")] public partial ValueTask<IOrders> OrdersAsync(CancellationToken c); }", "LF9005")]
    [InlineData("[ClientAccessors] public static partial class Clients { [Client(\"orders\")] public static partial IOrders GetOrders(); }", "LF9008")]
    [InlineData("public partial class Clients { [Client(\"orders\")] public partial IOrders GetOrders(); }", "LF9009")]
    public async Task What_keeps_a_client_from_being_generated_is_repeated_word_for_word(string source, params string[] ids)
    {
        CSharpCompilation compilation = GeneratorHost.Compile(Usings + source);

        ImmutableArray<Diagnostic> repeated = GeneratorHost.Run(compilation).Diagnostics;

        Assert.Equal(ids, repeated.Select(diagnostic => diagnostic.Id));
        ImmutableArray<Diagnostic> said = await GeneratorHost.AnalyzeAsync(compilation);
        Assert.All(repeated, diagnostic => Assert.Contains(diagnostic, said));
    }

    [Fact]
    public async Task Old_compilers_are_told_why_as_well()
    {
        CSharpCompilation compilation = GeneratorHost.Compile(
            GeneratorHost.Parse.WithLanguageVersion(LanguageVersion.CSharp9),
            "using LockFree; public interface IOrders { } [ClientAccessors] public partial class Clients { [Client(\"orders\")] public partial IOrders GetOrders(); }");

        Diagnostic repeated = Assert.Single(GeneratorHost.Run(compilation).Diagnostics);

        Assert.Equal(AccessorRules.LanguageVersionTooOld.Id, repeated.Id);
        Assert.Contains(repeated, await GeneratorHost.AnalyzeAsync(compilation));
    }

    // It compares arguments by reference, and what a message names is put together anew each time.
    [Fact]
    public async Task The_compiler_takes_both_for_one()
    {
        CSharpCompilation compilation = GeneratorHost.Compile(
            Usings + "[ClientAccessors] public partial class Clients { [Client(\"orders\")] public static IOrders GetOrders() => null!; [Client] public partial IOrders Get(); }");

        HashSet<Diagnostic> printed = [.. GeneratorHost.Run(compilation).Diagnostics, .. await GeneratorHost.AnalyzeAsync(compilation)];

        Assert.Equal(["LF9002", "LF9004"], printed.Select(diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_method_that_lacks_its_body_outside_an_accessors_class_is_repeated() =>
        Assert.Equal(
            ["LF9009"],
            GeneratorHost.Run(GeneratorHost.Compile(Usings + "public class Clients { [Client(\"orders\")] public IOrders GetOrders(); }")).Diagnostics.Select(diagnostic => diagnostic.Id));

    [Theory]
    [InlineData("[ClientAccessors] public partial class Clients { [Client(\"orders\")] public partial IOrders GetOrders(); }")]
    [InlineData("public class Clients { [Client(\"orders\")] public IOrders Orders => null!; }")]
    [InlineData("[ClientAccessors] public partial class Clients { [Client(\"a\")] public partial IOrders GetA(); [Client(\"a\")] public partial IOrders GetB(); }")]
    public void What_compiles_is_left_to_the_analyzer(string source) =>
        Assert.Empty(GeneratorHost.Run(GeneratorHost.Compile(Usings + source)).Diagnostics);

    [Fact]
    public void Suppressions_and_severities_hold()
    {
        string suppressed = NotPartial.Replace(
            "[ClientAccessors]", "[ClientAccessors, System.Diagnostics.CodeAnalysis.SuppressMessage(\"Usage\", \"LF9001\")]", StringComparison.Ordinal);
        Assert.All(GeneratorHost.Run(GeneratorHost.Compile($"#pragma warning disable LF9001\n{NotPartial}")).Diagnostics, diagnostic => Assert.True(diagnostic.IsSuppressed));
        Assert.All(GeneratorHost.Run(GeneratorHost.Compile(suppressed)).Diagnostics, diagnostic => Assert.True(diagnostic.IsSuppressed));

        CSharpCompilation compilation = GeneratorHost.Compile(NotPartial);
        compilation = compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new Severities(compilation.SyntaxTrees[0])));
        Assert.Equal(DiagnosticSeverity.Info, Assert.Single(GeneratorHost.Run(compilation).Diagnostics).Severity);
    }

    [Fact]
    public void An_edit_elsewhere_reads_nothing_anew_and_an_edit_above_moves_the_report()
    {
        CSharpCompilation compilation = GeneratorHost.Compile(NotPartial, "public class Elsewhere { public int Number => 1; }");
        GeneratorDriver driver = GeneratorHost.CreateDriver().RunGenerators(compilation);

        compilation = Replace(compilation, 1, "public class Elsewhere { public int Number => 2; }");
        driver = driver.RunGenerators(compilation);
        Assert.Equal([IncrementalStepRunReason.Cached], RepeatReasons(driver));
        Assert.Equal(4, LineOf(Assert.Single(driver.GetRunResult().Diagnostics)));

        driver = driver.RunGenerators(Replace(compilation, 0, "\n" + NotPartial));
        Assert.Equal([IncrementalStepRunReason.Modified], RepeatReasons(driver));
        Assert.Equal(5, LineOf(Assert.Single(driver.GetRunResult().Diagnostics)));
    }

    // The outer type is what is wrong, and its file changes without the class being read for it.
    [Fact]
    public void A_report_in_another_file_moves_with_it()
    {
        CSharpCompilation compilation = GeneratorHost.Compile(
            "using LockFree; public partial class Outer { [ClientAccessors] public partial class Clients; }",
            "public class Outer { public int Number { get { return 1; } } }");
        GeneratorDriver driver = GeneratorHost.CreateDriver().RunGenerators(compilation);
        Diagnostic before = Assert.Single(driver.GetRunResult().Diagnostics);

        compilation = Replace(compilation, 1, "// Moved.\npublic class Outer { public int Number { get { return 1; } } }");
        Diagnostic after = Assert.Single(driver.RunGenerators(compilation).GetRunResult().Diagnostics);

        Assert.Equal(Assert.Single(GeneratorHost.Run(compilation).Diagnostics), after);
        Assert.Equal((0, 1), (LineOf(before), LineOf(after)));
    }

    [Fact]
    public async Task A_workspace_is_told_by_the_analyzer_only()
    {
        var host = new OptionsRecorder();
        using var workspace = new AdhocWorkspace();
        Project project = workspace.AddProject("Consumer", LanguageNames.CSharp).AddAnalyzerReference(new LoadedGenerator(host));
        await project.GetCompilationAsync();

        GeneratorDriver driver = GeneratorHost.CreateDriver(options: host.Options).RunGenerators(GeneratorHost.Compile(NotPartial));

        Assert.NotNull(host.Options);
        Assert.Empty(driver.GetRunResult().Diagnostics);
    }

    private static IEnumerable<IncrementalStepRunReason> RepeatReasons(GeneratorDriver driver) =>
        driver.GetRunResult().Results.Single().TrackedSteps[TrackingNames.RepeatProblem].SelectMany(run => run.Outputs).Select(output => output.Reason);

    private static int LineOf(Diagnostic diagnostic) => diagnostic.Location.GetLineSpan().StartLinePosition.Line;

    private static CSharpCompilation Replace(CSharpCompilation compilation, int file, string text)
    {
        SyntaxTree before = compilation.SyntaxTrees[file];
        return compilation.ReplaceSyntaxTree(before, CSharpSyntaxTree.ParseText(text, GeneratorHost.Parse, before.FilePath));
    }

    /// <summary>An .editorconfig by which LF9001 is a suggestion in one file.</summary>
    private sealed class Severities(SyntaxTree file) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.NotGenerated;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Info;
            return tree == file && diagnosticId == AccessorRules.NotPartial.Id;
        }

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = default;
            return false;
        }
    }

    /// <summary>Keeps the options that a host gives its generators.</summary>
    private sealed class OptionsRecorder : IIncrementalGenerator
    {
        public AnalyzerConfigOptionsProvider? Options { get; private set; }

        public void Initialize(IncrementalGeneratorInitializationContext context) =>
            context.RegisterSourceOutput(context.AnalyzerConfigOptionsProvider, (_, options) => Options = options);
    }

    private sealed class LoadedGenerator(IIncrementalGenerator generator) : AnalyzerReference
    {
        public override string? FullPath => null;

        public override object Id => this;

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => [];

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => [];

        public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => [generator.AsSourceGenerator()];

        public override ImmutableArray<ISourceGenerator> GetGeneratorsForAllLanguages() => [generator.AsSourceGenerator()];
    }
}

using LockFree.Generators.Tests.Testing;
using LockFree.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Generators.Tests;

/// <summary>The generated code compiles without a warning for every kind of consumer.</summary>
public sealed class GeneratedCodeTests
{
    /// <summary>The inputs that the compiler accepts.</summary>
    public static TheoryData<string> ValidCases => new(SnapshotCase.Names.Where(name => name != "WithErrors"));

    [Theory]
    [MemberData(nameof(ValidCases))]
    public void Every_warning_on_and_no_suppression_gives_no_warning(string name)
    {
        GeneratorRun run = GeneratorHost.Run(GeneratorHost.Compile(SnapshotCase.Find(name).ReadInput()));

        Assert.Empty(WithoutMissingDocumentation(run.UnsuppressedDiagnostics));
    }

    [Theory]
    [MemberData(nameof(ValidCases))]
    public void Nullable_context_off_gives_no_warning(string name)
    {
        CSharpCompilation compilation = GeneratorHost.Compile(SnapshotCase.Find(name).ReadInput());
        CSharpCompilationOptions nullableOff = compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable);
        GeneratorRun run = GeneratorHost.Run(compilation.WithOptions(nullableOff));

        // CS8632: the input itself writes annotations, which such a consumer would not.
        Assert.DoesNotContain(
            WithoutMissingDocumentation(run.UnsuppressedDiagnostics),
            diagnostic => diagnostic.Id != "CS8632" || IsGenerated(diagnostic));
    }

    [Theory]
    [MemberData(nameof(ValidCases))]
    public async Task Analyzer_sees_generated_members_and_reports_nothing_new(string name)
    {
        CSharpCompilation input = GeneratorHost.Compile(SnapshotCase.Find(name).ReadInput());
        GeneratorRun run = GeneratorHost.Run(input);

        Assert.Equal(await AnalyzeAsync(input), await AnalyzeAsync(run.Output));
    }

    [CSharp13Fact]
    public void Members_that_are_wrong_leave_no_error_in_generated_files()
    {
        GeneratorRun run = GeneratorHost.Run(GeneratorHost.Compile(SnapshotCase.Find("WithErrors").ReadInput()));

        Assert.DoesNotContain(run.UnsuppressedDiagnostics, IsGenerated);
    }

    private static IEnumerable<Diagnostic> WithoutMissingDocumentation(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Where(diagnostic => diagnostic.Id != "CS1591" || IsGenerated(diagnostic));

    private static bool IsGenerated(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    private static async Task<IEnumerable<string>> AnalyzeAsync(Compilation compilation) =>
        (await GeneratorHost.AnalyzeAsync(compilation)).Select(diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal);
}

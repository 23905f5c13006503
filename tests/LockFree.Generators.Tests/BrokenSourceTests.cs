using System.Globalization;
using LockFree.Generators.Tests.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit.Abstractions;

namespace LockFree.Generators.Tests;

/// <summary>
/// Sources as they are while somebody types, made of each snapshot's input. The seeds are fixed: a failure comes back.
/// <c>LOCKFREE_MUTATIONS</c> sets how many are tried altogether.
/// </summary>
public sealed class BrokenSourceTests(ITestOutputHelper output)
{
    private const int Seed = 20260;

    // What the compiler misses until the generator has run: an implementing part, or the constructor that others call.
    private static readonly string[] Missing = ["CS8795", "CS9248", "CS1729", "CS7036"];

    // Of each input in each of the three tests.
    private static readonly int Variants =
        int.Parse(Environment.GetEnvironmentVariable("LOCKFREE_MUTATIONS") ?? "3600", CultureInfo.InvariantCulture) / (3 * SnapshotCase.Names.Count());

    public static TheoryData<string> Cases => new(SnapshotCase.Names);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Generator_never_throws_and_its_files_have_no_errors(string name)
    {
        foreach ((CSharpCompilation broken, Compilation completed) in CompleteInTurn(name, static (mutations, source) => mutations.Break(mutations.Break(source))))
            AssertNone(ErrorsInGeneratedFiles(completed), broken);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Source_that_lacks_only_what_is_generated_compiles_with_it(string name)
    {
        int tried = 0;
        foreach ((CSharpCompilation changed, Compilation completed) in CompleteInTurn(name, Change))
        {
            Diagnostic[] before = [.. ErrorsOf(changed)];
            if (!before.All(error => Missing.Contains(error.Id)))
                continue;

            // Where the constructor was missing, its arguments may be wrong as well.
            tried++;
            AssertNone(ErrorsOf(completed).Where(error => !before.Any(known => LineOf(known) == LineOf(error))), changed);
        }

        output.WriteLine($"{tried} of {Variants} lacked only what is generated");
        Assert.True(tried > Variants / 25 || name == "WithErrors", $"{tried} of {Variants} variants compile: hardly anything was looked at");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Analyzer_never_throws(string name)
    {
        foreach (CSharpCompilation broken in VariantsOf(name, static (mutations, source) => Change(mutations, mutations.Break(source))))
        {
            IEnumerable<Diagnostic> diagnostics = await GeneratorHost.AnalyzeAsync(broken);
            AssertNone(diagnostics.Where(diagnostic => !diagnostic.Id.StartsWith("LF90", StringComparison.Ordinal)), broken);
            AssertNone(TextsOf(GeneratorHost.Run(broken).Diagnostics).Except(TextsOf(diagnostics)), broken);
        }
    }

    // With one driver: what it has cached of one must not harm the next, so it has to say what a new one would.
    private static IEnumerable<(CSharpCompilation Variant, Compilation Completed)> CompleteInTurn(string name, Func<SourceMutations, string, string> mutate)
    {
        // Without a record of the steps: Roslyn's own throws on some of these sequences.
        GeneratorDriver driver = GeneratorHost.CreateDriver(tracksSteps: false);
        foreach (CSharpCompilation variant in VariantsOf(name, mutate))
        {
            driver = driver.RunGeneratorsAndUpdateCompilation(variant, out Compilation completed, out _);

            GeneratorRunResult result = driver.GetRunResult().Results.Single();
            AssertNone(result.Exception is { } exception ? [exception] : [], variant);
            GeneratorRun anew = GeneratorHost.Run(variant);
            Assert.Equal(TextsOf(anew.Sources), TextsOf(result.GeneratedSources));
            Assert.Equal(TextsOf(anew.Diagnostics), TextsOf(result.Diagnostics));
            yield return (variant, completed);
        }
    }

    private static IEnumerable<string> TextsOf(IEnumerable<GeneratedSourceResult> sources) =>
        sources.Select(source => $"{source.HintName}\n{source.SourceText}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> TextsOf(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Select(diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal);

    private static string Change(SourceMutations mutations, string source) => mutations.Change(mutations.Change(source));

    private static IEnumerable<CSharpCompilation> VariantsOf(string name, Func<SourceMutations, string, string> mutate)
    {
        string source = SnapshotCase.Find(name).ReadInput();
        CSharpCompilation compilation = GeneratorHost.Compile(source);
        var mutations = new SourceMutations(Seed);
        for (int variant = 0; variant < Variants; variant++)
        {
            SyntaxTree tree = CSharpSyntaxTree.ParseText(mutate(mutations, source), GeneratorHost.Parse, "Variant.cs");
            yield return compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], tree);
        }
    }

    private static IEnumerable<Diagnostic> ErrorsInGeneratedFiles(Compilation output) => output.SyntaxTrees
        .Where(tree => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal))
        .SelectMany(tree => output.GetSemanticModel(tree).GetDiagnostics())
        .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static IEnumerable<Diagnostic> ErrorsOf(Compilation compilation) =>
        compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static (string Path, int Line) LineOf(Diagnostic diagnostic)
    {
        FileLinePositionSpan position = diagnostic.Location.GetLineSpan();
        return (position.Path, position.StartLinePosition.Line);
    }

    private static void AssertNone(IEnumerable<object> problems, CSharpCompilation variant)
    {
        object[] found = [.. problems];
        Assert.True(found.Length == 0, $"{string.Join("\n", found)}\n\n{variant.SyntaxTrees[0]}");
    }
}

using LockFree.Generators.Tests.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Generators.Tests;

/// <summary>Sources as they are while somebody types, made of each snapshot's input. The seed is fixed: a failure comes back.</summary>
public sealed class BrokenSourceTests
{
    private const int Seed = 20260;
    private const int Variants = 200;

    public static TheoryData<string> Cases => new(SnapshotCase.Names);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Generator_never_throws_and_its_files_have_no_errors(string name)
    {
        // One driver for all variants: what it has cached of one must not harm the next.
        GeneratorDriver driver = GeneratorHost.CreateDriver();
        foreach (CSharpCompilation broken in BreakIn(name, Variants))
        {
            driver = driver.RunGeneratorsAndUpdateCompilation(broken, out Compilation output, out _);

            GeneratorRunResult result = driver.GetRunResult().Results.Single();
            AssertNone(result.Exception is { } exception ? [exception] : [], broken);
            AssertNone(ErrorsInGeneratedFiles(output), broken);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Analyzer_never_throws(string name)
    {
        foreach (CSharpCompilation broken in BreakIn(name, Variants / 4))
        {
            IEnumerable<Diagnostic> diagnostics = await GeneratorHost.AnalyzeAsync(broken);
            AssertNone(diagnostics.Where(diagnostic => !diagnostic.Id.StartsWith("LF90", StringComparison.Ordinal)), broken);
        }
    }

    private static IEnumerable<CSharpCompilation> BreakIn(string name, int variants)
    {
        string source = SnapshotCase.Find(name).ReadInput();
        CSharpCompilation compilation = GeneratorHost.Compile(source);
        var mutations = new SourceMutations(Seed);
        for (int variant = 0; variant < variants; variant++)
        {
            SyntaxTree broken = CSharpSyntaxTree.ParseText(mutations.Break(mutations.Break(source)), GeneratorHost.Parse, "Broken.cs");
            yield return compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], broken);
        }
    }

    private static IEnumerable<Diagnostic> ErrorsInGeneratedFiles(Compilation output) => output.SyntaxTrees
        .Where(tree => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal))
        .SelectMany(tree => output.GetSemanticModel(tree).GetDiagnostics())
        .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static void AssertNone(IEnumerable<object> problems, CSharpCompilation broken)
    {
        object[] found = [.. problems];
        Assert.True(found.Length == 0, $"{string.Join("\n", found)}\n\n{broken.SyntaxTrees[0]}");
    }
}

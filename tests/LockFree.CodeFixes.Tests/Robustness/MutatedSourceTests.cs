using System.Collections.Immutable;
using System.Globalization;
using LockFree.Analyzers.GuardedState;
using LockFree.CodeFixes.HotCollections;
using LockFree.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit.Abstractions;

namespace LockFree.CodeFixes.Tests.Robustness;

/// <summary>
/// An editor shows every half-typed state of a file to every rule, and offers the fixes for what is found in it: nothing may throw, and
/// no fix may leave a file that compiles worse than before. <c>LOCKFREE_MUTATIONS</c> sets how many sources are tried.
/// </summary>
public sealed class MutatedSourceTests(ITestOutputHelper output)
{
    private const int SourcesPerBatch = 125;

    private const string Usings = """
        global using System;
        global using System.Collections.Concurrent;
        global using System.Collections.Generic;
        global using System.Collections.Immutable;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using LockFree;
        """;

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [.. InstancesOf<DiagnosticAnalyzer>(typeof(GuardedStateAnalyzer))];
    private static readonly ImmutableArray<CodeFixProvider> Fixers = [.. InstancesOf<CodeFixProvider>(typeof(ConcurrentCollectionCodeFixProvider))];

    [Fact]
    public async Task Damaged_sources_are_survived_and_no_fix_makes_them_worse()
    {
        int wanted = int.Parse(Environment.GetEnvironmentVariable("LOCKFREE_MUTATIONS") ?? "500", CultureInfo.InvariantCulture);
        int tried = 0;
        int found = 0;
        int applied = 0;
        for (int seed = 1; tried < wanted; seed++)
        {
            Random random = new(seed);
            string[] sources = [.. Enumerable.Range(0, SourcesPerBatch).Select(i =>
                $"namespace Variant{i} {{\n{SourceMutation.Of(MutationSeeds.All[random.Next(MutationSeeds.All.Count)], random)}\n}}\n")];
            Project project = ProjectOf(sources);
            ImmutableArray<Diagnostic> findings = await FindingsAsync(project, seed);
            foreach (Diagnostic finding in findings)
                applied += await ApplyAsync(project, finding, seed);

            tried += sources.Length;
            found += findings.Length;
        }

        output.WriteLine($"{tried} damaged sources, {found} findings, {applied} fixes applied");
        Assert.True(found > wanted / 10, $"{found} findings in {tried} sources: hardly anything was looked at");
        Assert.True(applied > wanted / 50, $"{applied} fixes in {tried} sources: hardly anything was fixed");
    }

    private static async Task<ImmutableArray<Diagnostic>> FindingsAsync(Project project, int seed)
    {
        Compilation compilation = (await project.GetCompilationAsync())!;
        List<string> failures = [];
        CompilationWithAnalyzersOptions options = new(
            project.AnalyzerOptions,
            onAnalyzerException: (failure, analyzer, report) => { lock (failures) failures.Add($"seed {seed}: {analyzer.GetType().Name}: {failure}"); },
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        ImmutableArray<Diagnostic> findings = await compilation.WithAnalyzers(Analyzers, options).GetAnalyzerDiagnosticsAsync();
        Assert.True(failures.Count == 0, string.Join("\n", failures));
        return findings;
    }

    private static async Task<int> ApplyAsync(Project project, Diagnostic finding, int seed)
    {
        Document document = project.GetDocument(finding.Location.SourceTree)!;
        List<CodeAction> offers = [];
        foreach (CodeFixProvider fixer in Fixers.Where(fixer => fixer.FixableDiagnosticIds.Contains(finding.Id)))
            await fixer.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => offers.Add(action), CancellationToken.None));

        foreach (CodeAction offer in offers)
        {
            ImmutableArray<CodeActionOperation> operations = await offer.GetOperationsAsync(CancellationToken.None);
            Solution changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
            string before = (await document.GetTextAsync()).ToString();
            string after = (await changed.GetDocument(document.Id)!.GetTextAsync()).ToString();
            int worse = ErrorsOf(after) - ErrorsOf(before);
            Assert.True(worse <= 0, $"seed {seed}: '{offer.Title}' brings {worse} errors:\n{before}\n---- became\n{after}");
        }

        return offers.Count;
    }

    private static int ErrorsOf(string source) => CSharpCompilation
        .Create("Single", [CSharpSyntaxTree.ParseText(source), CSharpSyntaxTree.ParseText(Usings)], References(), Options())
        .GetDiagnostics().Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static Project ProjectOf(string[] sources)
    {
        ProjectId id = ProjectId.CreateNewId();
        Solution solution = new AdhocWorkspace().CurrentSolution
            .AddProject(ProjectInfo.Create(
                id, VersionStamp.Default, "Damaged", "Damaged", LanguageNames.CSharp, compilationOptions: Options(), metadataReferences: References()))
            .AddDocument(DocumentId.CreateNewId(id), "Usings.cs", SourceText.From(Usings));
        for (int i = 0; i < sources.Length; i++)
            solution = solution.AddDocument(DocumentId.CreateNewId(id), $"Source{i}.cs", SourceText.From(sources[i]), filePath: $"/src/Source{i}.cs");
        return solution.GetProject(id)!;
    }

    private static CSharpCompilationOptions Options() => new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);

    private static IEnumerable<MetadataReference> References() => SdkReferenceAssemblies.Net100.Add(FixedSource.Runtime);

    private static IEnumerable<T> InstancesOf<T>(Type anyInTheAssembly) => anyInTheAssembly.Assembly.GetTypes()
        .Where(type => typeof(T).IsAssignableFrom(type) && !type.IsAbstract)
        .Select(type => (T)Activator.CreateInstance(type, nonPublic: true)!);
}

using LockFree.Analyzers.ConcurrentMaps;
using LockFree.CodeFixes.ConcurrentMaps;
using LockFree.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LockFree.CodeFixes.Tests.ConcurrentMaps;

/// <summary>In an editor, what another project of the solution declares has sources too, but they belong to another compilation.</summary>
public sealed class OtherProjectTests
{
    [Theory]
    [InlineData("new Made()")]
    [InlineData("Made.Create()")]
    [InlineData("Made.Instance")]
    public async Task A_value_made_by_another_project_might_come_from_anywhere(string factory)
    {
        ProjectId library = ProjectId.CreateNewId();
        ProjectId application = ProjectId.CreateNewId();
        Solution solution = new AdhocWorkspace().CurrentSolution
            .AddProject(Describe(library, "Library", []))
            .AddProject(Describe(application, "Application", [new ProjectReference(library)]))
            .AddDocument(DocumentId.CreateNewId(library), "Made.cs", SourceText.From("""
                public sealed class Made { private int _size = 1; public static Made Create() => new Made(); public static Made Instance => new Made(); }
                """))
            .AddDocument(DocumentId.CreateNewId(application), "Cache.cs", SourceText.From($$"""
                using System.Collections.Concurrent;
                public sealed class Cache
                {
                    private readonly ConcurrentDictionary<string, Made> _all = new ConcurrentDictionary<string, Made>();
                    public Made Get(string key)
                    {
                        if (_all.TryGetValue(key, out var found)) return found;
                        found = {{factory}};
                        _all[key] = found;
                        return found;
                    }
                }
                """));

        Document document = solution.GetProject(application)!.Documents.Single();
        Compilation compilation = (await document.Project.GetCompilationAsync())!;
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Diagnostic finding = Assert.Single(await compilation.WithAnalyzers([new ConcurrentMapAnalyzer()]).GetAnalyzerDiagnosticsAsync());
        List<CodeAction> offers = [];
        await new CheckThenActCodeFixProvider().RegisterCodeFixesAsync(
            new CodeFixContext(document, finding, (action, _) => offers.Add(action), CancellationToken.None));

        Assert.Empty(offers);
    }

    private static ProjectInfo Describe(ProjectId id, string name, ProjectReference[] references) => ProjectInfo.Create(
        id, VersionStamp.Default, name, name, LanguageNames.CSharp, compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
        projectReferences: references, metadataReferences: SdkReferenceAssemblies.Net100);
}

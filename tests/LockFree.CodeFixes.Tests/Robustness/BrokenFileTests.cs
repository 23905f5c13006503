using LockFree.Analyzers.ConcurrentMaps;
using LockFree.Analyzers.Downcasts;
using LockFree.Analyzers.GuardedState;
using LockFree.CodeFixes.ConcurrentMaps;
using LockFree.CodeFixes.Downcasts;
using LockFree.CodeFixes.HotCollections;
using LockFree.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LockFree.CodeFixes.Tests.Robustness;

/// <summary>What the compiler says of a file that does not parse depends on how it recovers: no fix can be compared with it.</summary>
public sealed class BrokenFileTests
{
    private const string HalfTyped = "public void Half(";

    [Theory]
    [InlineData("", 1)]
    [InlineData(HalfTyped, 0)]
    public async Task A_dictionary_under_a_lock_is_fixed_in_a_file_that_parses(string rest, int offers) => Assert.Equal(offers, await OffersAsync(
        new GuardedStateAnalyzer(), new ConcurrentCollectionCodeFixProvider(),
        "private readonly Dictionary<string, int> _map = new(); public void Set(string k) { lock (_map) _map[k] = 1; } public bool Drop(string k) { lock (_map) return _map.Remove(k); }",
        rest));

    [Theory]
    [InlineData("", 1)]
    [InlineData(HalfTyped, 0)]
    public async Task A_race_on_a_concurrent_map_is_fixed_in_a_file_that_parses(string rest, int offers) => Assert.Equal(offers, await OffersAsync(
        new ConcurrentMapAnalyzer(), new CheckThenActCodeFixProvider(),
        "private readonly ConcurrentDictionary<string, int> _map = new(); public void Hit(string k) { _map[k] = _map.TryGetValue(k, out var n) ? n + 1 : 1; }",
        rest));

    [Theory]
    [InlineData("", 2)]
    [InlineData(HalfTyped, 0)]
    public async Task A_repeated_downcast_is_fixed_in_a_file_that_parses(string rest, int offers) => Assert.Equal(offers, await OffersAsync(
        new RepeatedDowncastAnalyzer(), new RepeatedDowncastCodeFixProvider(),
        "public interface IOrders { void Place(); } public sealed class Orders : IOrders { public void Place() { } } "
        + "private readonly Dictionary<string, object> _clients = new() { [\"orders\"] = new Orders(), [\"names\"] = new List<string>() }; "
        + "public void Again() { ((IOrders)_clients[\"orders\"]).Place(); ((IOrders)_clients[\"orders\"]).Place(); }",
        rest));

    private static async Task<int> OffersAsync(DiagnosticAnalyzer analyzer, CodeFixProvider provider, string members, string rest)
    {
        ProjectId id = ProjectId.CreateNewId();
        Project project = new AdhocWorkspace().CurrentSolution
            .AddProject(ProjectInfo.Create(
                id, VersionStamp.Default, "Broken", "Broken", LanguageNames.CSharp,
                compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary), metadataReferences: SdkReferenceAssemblies.Net100))
            .AddDocument(DocumentId.CreateNewId(id), "Cache.cs", SourceText.From(
                $"using System.Collections.Concurrent;\nusing System.Collections.Generic;\npublic sealed class Cache\n{{\n    {members}\n    {rest}\n}}\n"))
            .GetProject(id)!;
        Compilation compilation = (await project.GetCompilationAsync())!;
        Diagnostic finding = Assert.Single(await compilation.WithAnalyzers([analyzer]).GetAnalyzerDiagnosticsAsync());

        List<CodeAction> offers = [];
        await provider.RegisterCodeFixesAsync(
            new CodeFixContext(project.Documents.Single(), finding, (action, _) => offers.Add(action), CancellationToken.None));
        return offers.Count;
    }
}

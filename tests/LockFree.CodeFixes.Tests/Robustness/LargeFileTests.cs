using System.Text.RegularExpressions;
using LockFree.Analyzers.ConcurrentMaps;
using LockFree.Analyzers.GuardedState;
using LockFree.CodeFixes.ConcurrentMaps;
using LockFree.CodeFixes.HotCollections;
using LockFree.CodeFixes.ReadMostly;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.CodeFixes.Tests.Robustness;

/// <summary>
/// Fixes in files as large as generated ones. Nothing is measured, as a busy machine would fail the test; the limit is for what would take for ever.
/// </summary>
public sealed class LargeFileTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Two_hundred_checks_of_concurrent_maps_are_fixed_at_once()
    {
        const int Sites = 200;
        FixedSource source = Source(new ConcurrentMapAnalyzer(), new CheckThenActCodeFixProvider(),
            "private readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> _map = new();", Sites,
            i => $"public string M{i}(string k)\n{{\n    if (!_map.TryGetValue(k, out var text))\n    {{\n        text = k.Trim() + {i};\n        _map[k] = text;\n    }}\n\n    return text;\n}}");
        Assert.Equal(Sites, (await source.DiagnosticsAsync()).Length);
        await WithinLimitAsync(() => source.FixAllAsync("LF1002.Atomic"));

        await AssertCompilesAsync(source);
        Assert.Equal(Sites, Regex.Matches((await source.TextsAsync())[0], "GetOrAdd").Count);
    }

    [Fact]
    public async Task A_dictionary_with_five_thousand_regions_is_fixed()
    {
        FixedSource source = Source(new GuardedStateAnalyzer(), new ConcurrentCollectionCodeFixProvider(),
            "private readonly object _gate = new();\nprivate readonly Dictionary<int, int> _map = new();", 5_000,
            i => $"public void M{i}(int k)\n{{\n    lock (_gate)\n        _map[k] = {i};\n}}");
        await FixOnlyFindingAsync(source);
        Assert.DoesNotContain("_gate", (await source.TextsAsync())[0]);
    }

    [Fact]
    public async Task A_single_value_with_five_thousand_regions_is_fixed()
    {
        FixedSource source = Source(new GuardedStateAnalyzer(), new CellUnderLockCodeFixProvider(),
            "private readonly object _gate = new();\nprivate bool _flag;\npublic bool Get() { lock (_gate) return _flag; }", 5_000,
            i => $"public void M{i}(bool v)\n{{\n    lock (_gate)\n        _flag = v;\n}}");
        await FixOnlyFindingAsync(source);
        Assert.DoesNotContain("_gate", (await source.TextsAsync())[0]);
    }

    private static async Task FixOnlyFindingAsync(FixedSource source)
    {
        Diagnostic finding = Assert.Single(await source.DiagnosticsAsync());
        await WithinLimitAsync(async () => await source.ApplyAsync((await source.OffersAsync(finding))[0]));
        await AssertCompilesAsync(source);
    }

    /// <summary>On a thread of its own: what a fix does before it first waits would hold up the one that watches the limit.</summary>
    private static Task WithinLimitAsync(Func<Task> act) => Task.Run(act).WaitAsync(Limit);

    private static FixedSource Source(DiagnosticAnalyzer analyzer, CodeFixProvider provider, string head, int count, Func<int, string> member) =>
        new(analyzer, provider, new ProjectShape(), $"public class C\n{{\n{head}\n{string.Join("\n", Enumerable.Range(0, count).Select(member))}\n}}\n");

    private static async Task AssertCompilesAsync(FixedSource source) => Assert.DoesNotContain(
        (await source.CompilationAsync()).GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}

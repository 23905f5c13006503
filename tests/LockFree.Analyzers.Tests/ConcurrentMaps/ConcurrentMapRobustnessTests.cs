using System.Collections.Immutable;
using System.Text;
using LockFree.Analyzers.ConcurrentMaps;
using LockFree.Analyzers.Tests.GuardedState;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.Tests.ConcurrentMaps;

/// <summary>An editor shows the analyzer every half-typed state of a file: it must never throw.</summary>
public sealed class ConcurrentMapRobustnessTests
{
    private const string Usings = "global using System.Collections.Concurrent;";

    private static readonly string[] Seeds =
    [
        "ConcurrentDictionary<string, List<int>> _map = new(StringComparer.Ordinal); List<int> Get(string k) { if (_map.TryGetValue(k, out var v)) return v; v = Make(k); _map[k] = v; v.Add(1); return v; } static List<int> Make(string k) => new() { k.Length };",
        "ConcurrentDictionary<string, int> _map = []; void Up(string k) { _map[k]++; _map[k] = _map[k] + 1; _map.TryGetValue(k, out int n); (n, _map[k]) = (1, n); }",
        "static readonly ConcurrentDictionary<(int, string), object> Seen = new(); bool First(int n, string s) { if (!Seen.ContainsKey((n, s)) && n > 0) { Seen[(n, s)] = new object(); Start(); return true; } return Seen[(n, s)] is null; } void Start() => First(1, $\"{1}\");",
        "ConcurrentDictionary<int, string> _map = new(); async Task SaveAsync(int n) { foreach (var k in _map.Keys) { await Task.Delay(k); } foreach (var v in _map.Values) Console.WriteLine(v); while (_map.Count == 0 || _map.Keys.Contains(n)) { if (_map.TryRemove(n, out var s)) s.Trim(); } }",
        "ConcurrentDictionary<int, List<int>> _map = new(); object _gate = new(); void Drop(int k) { lock (_gate) { if (_map.TryGetValue(k, out var l) && l.Count == 0) _map.TryRemove(k, out _); } Action a = () => { using (Enter()) _map[k] = _map[k + 1]; }; } IDisposable Enter() { Monitor.Enter(_gate); return null!; }",
    ];

    [Fact]
    public async Task Every_prefix_of_a_source_is_survived() => await AssertSurvivedAsync(Seeds.SelectMany((seed, k) =>
        Enumerable.Range(1, seed.Length / 3).Select(i => $"namespace Prefix{k}_{i} {{\nclass C {{ {seed[..(i * 3)]}")));

    [Fact]
    public async Task Every_source_with_a_hole_is_survived() => await AssertSurvivedAsync(Seeds.SelectMany((seed, k) =>
        Enumerable.Range(0, seed.Length / 5).Select(i => $"namespace Hole{k}_{i} {{\nclass C {{ {seed.Remove(i * 5, 5)} }} }}")));

    [Fact]
    public async Task Deep_nesting_is_survived()
    {
        string deep = string.Concat(Enumerable.Repeat("1 + (", 400)) + "1" + new string(')', 400);
        string wide = string.Join(" + ", Enumerable.Repeat("x", 3000));
        string blocks = string.Concat(Enumerable.Repeat("if (x > 0) {", 150)) + "_map[x]++;" + new string('}', 150);
        await AssertSurvivedAsync([$$"""
            class C
            {
                private readonly ConcurrentDictionary<int, int> _map = new();
                public void M(int x) { _map[{{deep}}] = {{wide}}; {{blocks}} }
            }
            """]);
    }

    [Fact]
    public async Task A_type_of_many_methods_is_judged()
    {
        var source = new StringBuilder("class C { private readonly ConcurrentDictionary<int, int> _map = new();\n");
        for (int i = 0; i < 2000; i++)
            source.Append("public void M").Append(i).Append("(int k) { if (!_map.ContainsKey(k)) { } _map[k]++; }\n");
        ImmutableArray<Diagnostic> diagnostics = await AnalyzedSource.DiagnosticsAsync(new ConcurrentMapAnalyzer(), source.Append('}').ToString(), Usings);
        Assert.Equal(2000, diagnostics.Count(diagnostic => diagnostic.Id == "LF1002"));
    }

    private static async Task AssertSurvivedAsync(IEnumerable<string> sources)
    {
        ImmutableArray<Diagnostic> diagnostics = await AnalyzedSource.AnalyzeAsync(AnalyzedSource.Compile([.. sources, Usings]), new ConcurrentMapAnalyzer());
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
        Assert.Contains(diagnostics, diagnostic => diagnostic.Id == "LF1002");
    }
}

using System.Collections.Immutable;
using LockFree.Analyzers.Tests.GuardedState;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.Tests.ReadMostly;

/// <summary>Every half-typed state of a source that uses cells and immutable collections is survived.</summary>
public sealed class CellRobustnessTests
{
    private static readonly string[] Seeds =
    [
        "readonly SwapCell<S> _cell = new(new S(0)); void M(int n) { var current = _cell.Load(); var next = current with { Limit = n }; _cell.Store(next); _cell.Exchange(_cell.Load() with { Limit = 1 }); }",
        "readonly SwapCell<List<int>> _cell = new([]); void M() { _cell.Load().Add(1); _cell.Load()[0]++; var all = _cell.Load(); all.Clear(); foreach (var x in all) all.Remove(x); _cell.Update(list => { list.Add(1); return list; }); }",
        "readonly IReadOnlyCell<S> _cell = null!; int M() { if (_cell?.Load().Limit > 1) return _cell.Load().Limit; var (a, b) = (_cell.Load().Limit, _cell.Load()?.Limit); return a + b ?? 0; }",
        "readonly SwapCell<System.IO.Stream> _cell = new(System.IO.Stream.Null); void M(System.IO.Stream s) { _cell.Store(s); _ = _cell.Exchange(s); _cell.Update(_ => s); using var old = _cell.Exchange(s); }",
        "volatile ImmutableDictionary<string, int> _map = ImmutableDictionary<string, int>.Empty; void M(string k) { var map = _map; _map = map.Add(k, 1); _map = _map.Remove(k).Add(k, 2); Task.Run(() => _map = _map.Clear()); }",
    ];

    [Fact]
    public async Task Every_prefix_of_a_source_is_survived()
    {
        string[] sources = Seeds.SelectMany((seed, k) =>
            Enumerable.Range(1, seed.Length / 3).Select(i => $"namespace Prefix{k}_{i} {{ record S(int Limit);\nclass C {{ {seed[..(i * 3)]}")).ToArray();

        ImmutableArray<Diagnostic> cells = await CellSource.AnalyzeAsync(sources);
        Assert.DoesNotContain(cells, diagnostic => diagnostic.Id == "AD0001");
        Assert.Contains(cells, diagnostic => diagnostic.Id == "LF2004");

        ImmutableArray<Diagnostic> fields = await AnalyzedSource.AnalyzeAsync(
            AnalyzedSource.Compile([.. sources.Select(source => "using System.Collections.Immutable;\n" + source)]));
        Assert.DoesNotContain(fields, diagnostic => diagnostic.Id == "AD0001");
        Assert.Contains(fields, diagnostic => diagnostic.Id == "LF2004");
    }
}

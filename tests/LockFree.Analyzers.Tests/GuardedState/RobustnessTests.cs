using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Analyzers.Tests.GuardedState;

/// <summary>An editor shows the analyzer every half-typed state of a file: it must never throw.</summary>
public sealed class RobustnessTests
{
    private const int VariantsPerBatch = 350;

    private static readonly string[] Seeds =
    [
        "object _gate = new(); Dictionary<string, List<int>> _map = new(StringComparer.Ordinal); List<int> Get(string k) { lock (_gate) { if (_map.TryGetValue(k, out var v)) return v; v = Make(k); _map[k] = v; return v; } } static List<int> Make(string k) => new() { k.Length };",
        "object _gate = new(); Dictionary<string, int> _map = []; int _count; void Drop(string k) { lock (_gate) { _map.Remove(k); _count--; } } int Size { get { lock (_gate) return _map?.Count ?? 0; } }",
        "Dictionary<string, int> _map = new(); string[] Keys() { lock (_map) { return _map.Where(p => p.Value > 1).Select(p => p.Key).ToArray(); } }",
        "static readonly HashSet<string> Seen = []; bool First(string s) { lock (Seen) { return Seen.Add(s) || !Seen.Remove(s); } }",
        "object _gate = new(); Dictionary<int, int> _map = new(); class Nested { void Peek(C c) { lock (c._gate) foreach (var p in c._map) Console.WriteLine(p.Key); } }",
        "ReaderWriterLockSlim _lock = new(); SortedDictionary<int, string> _map = new(); async Task SaveAsync(int n) { _lock.EnterWriteLock(); try { _map[n] = \"a\"; await Task.Delay(1); } finally { _lock.ExitWriteLock(); } }",
        "SemaphoreSlim _single = new(1, 1); IDictionary<string, int> _map = new Dictionary<string, int>(); async Task<int> LoadAsync(string k) { await _single.WaitAsync().ConfigureAwait(false); try { return _map[k]++; } finally { _single.Release(); } }",
        "ReaderWriterLockSlim _lock = new(); HashSet<int> _set = new(); IEnumerable<int> Walk() { using (Read()) { foreach (var p in _set) { if (p > 3) yield break; yield return p; } } } IDisposable Read() { _lock.EnterReadLock(); return null!; }",
        "Dictionary<int, string> _map = new(); void Run(Action<string> then) { bool taken = false; try { Monitor.Enter(_map, ref taken); then(_map[1]); } finally { if (taken) Monitor.Exit(_map); } }",
        "Dictionary<int, string> _map = new(); void Loop() { while (!Monitor.TryEnter(_map)) { if (_map is { Count: > 1 }) break; else continue; } void Local() => _map.Clear(); Local(); Monitor.Exit(_map); }",
        "Dictionary<int, int> _map = new(); (int, int) Swap() { lock (this) { (_map, var x) = (new(), 1); return (x, _map.Count); } }",
        "object _gate = new(); Task<int>? _task; Task<int>[] _all = []; int Sum() { lock (_gate) { _task?.Wait(); if (_task is { IsCompleted: true } && _all[0].Status != TaskStatus.Created) return _task.Result; Task.WaitAll(_all); foreach (var t in _all) t.GetAwaiter().GetResult(); return _all.Sum(t => t.Result); } }",
        "HashSet<int> _set = new(); int Choose(int n) { lock (_set) { switch (n) { case 1: _set.Clear(); break; case > 2 when n < 9: goto case 1; default: return _set.Count; } return n switch { 1 => 2, _ => _set.First() }; } }",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Truncated_and_shuffled_sources_are_survived(int seed)
    {
        var random = new Random(seed);
        var sources = new string[VariantsPerBatch];
        for (int i = 0; i < sources.Length; i++)
            sources[i] = $"namespace Variant{i} {{\n{Damage($"class C {{ {Seeds[random.Next(Seeds.Length)]} }}", random)}\n}}";

        // one compilation of many variants: binding shares its set-up, and a namespace keeps most of them apart
        ImmutableArray<Diagnostic> diagnostics = await AnalyzedSource.AnalyzeAsync(AnalyzedSource.Compile(sources));
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
        Assert.Contains(diagnostics, diagnostic => diagnostic.Id.StartsWith("LF", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_prefix_of_a_source_is_survived()
    {
        string[] sources = Seeds.SelectMany((seed, k) =>
            Enumerable.Range(1, seed.Length / 8).Select(i => $"namespace Prefix{k}_{i} {{\nclass C {{ {seed[..(i * 8)]}")).ToArray();
        ImmutableArray<Diagnostic> diagnostics = await AnalyzedSource.AnalyzeAsync(AnalyzedSource.Compile(sources));
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
    }

    [Fact]
    public async Task Deep_nesting_is_survived()
    {
        string deep = string.Concat(Enumerable.Repeat("1 + (", 400)) + "1" + new string(')', 400);
        string wide = string.Join(" + ", Enumerable.Repeat("x", 3000));
        string blocks = string.Concat(Enumerable.Repeat("if (x > 0) {", 150)) + new string('}', 150);
        ImmutableArray<Diagnostic> diagnostics = await AnalyzedSource.AnalyzeAsync(AnalyzedSource.Compile($$"""
            class C
            {
                private readonly Dictionary<int, int> _map = new();
                public void M(int x) { lock (_map) { _map[{{deep}}] = {{wide}}; {{blocks}} } }
            }
            """));
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
    }

    [Fact]
    public async Task A_type_of_many_fields_and_methods_is_judged()
    {
        var source = new StringBuilder("class C { private readonly object _gate = new();\n");
        for (int i = 0; i < 2000; i++)
            source.Append("private readonly Dictionary<int, int> _map").Append(i).Append(" = new(); public void M").Append(i).Append("() { lock (_gate) _map").Append(i).Append(".Clear(); }\n");
        ImmutableArray<Diagnostic> diagnostics = await AnalyzedSource.AnalyzeAsync(AnalyzedSource.Compile(source.Append('}').ToString()));
        Assert.Equal(2000, diagnostics.Count(diagnostic => diagnostic.Id == "LF1001"));
    }

    [Fact]
    public async Task Helpers_that_call_each_other_without_end_are_survived()
    {
        var source = new StringBuilder("class C { private readonly Dictionary<int, int> _map = new(); public void Go() { lock (_map) { M0(); } }\n");
        for (int i = 0; i < 40; i++)
        {
            source.Append("private void M").Append(i).Append("() { _map.Clear();");
            for (int k = 0; k < 40; k++)
                source.Append(" M").Append(k).Append("();");
            source.Append(" }\n");
        }

        ImmutableArray<Diagnostic> diagnostics = await AnalyzedSource.AnalyzeAsync(AnalyzedSource.Compile(source.Append('}').ToString()));
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
    }

    /// <summary>Cuts the text off, or drops, doubles or swaps a few of its tokens.</summary>
    private static string Damage(string source, Random random)
    {
        if (random.Next(4) == 0)
            return source[..random.Next(source.Length)];
        List<string> tokens = SyntaxFactory.ParseTokens(source).Select(token => token.ToFullString()).ToList();
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int first = random.Next(tokens.Count);
            int second = random.Next(tokens.Count);
            switch (random.Next(3))
            {
                case 0:
                    tokens.RemoveAt(first);
                    break;
                case 1:
                    tokens.Insert(second, tokens[first]);
                    break;
                default:
                    (tokens[first], tokens[second]) = (tokens[second], tokens[first]);
                    break;
            }
        }

        return string.Concat(tokens);
    }
}

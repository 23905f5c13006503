using LockFree.Analyzers.ConcurrentMaps;
using LockFree.CodeFixes.ConcurrentMaps;
using LockFree.CodeFixes.Tests.ReadMostly;

namespace LockFree.CodeFixes.Tests.ConcurrentMaps;

public sealed class CostlyMapReadFixTests
{
    private static readonly SiteFix Fix = new(() => new ConcurrentMapAnalyzer(), new CostlyMapReadCodeFixProvider(), "LF1003.Cheaper");

    [Theory]
    [InlineData("while (_counts.Count == 0) Thread.Yield();", "while (_counts.IsEmpty) Thread.Yield();")]
    [InlineData("while (0 < _counts.Count) Thread.Yield();", "while (!_counts.IsEmpty) Thread.Yield();")]
    [InlineData("while (_counts.Any() && k > 0) Thread.Yield();", "while (!_counts.IsEmpty && k > 0) Thread.Yield();")]
    [InlineData("if (_counts.Keys.Count >= 1 || _counts.Values.Any()) Thread.Yield();", "if (!_counts.IsEmpty || !_counts.IsEmpty) Thread.Yield();")]
    [InlineData("if (!_counts.Keys.Any()) Thread.Yield();", "if (_counts.IsEmpty) Thread.Yield();")]
    [InlineData("k = _counts.Values.Count + _counts.Keys.Count();", "k = _counts.Count + _counts.Count;")]
    [InlineData("if (_counts.Keys.Contains(k)) Thread.Yield();", "if (_counts.ContainsKey(k)) Thread.Yield();")]
    [InlineData("foreach (var key in _counts.Keys) { Console.WriteLine(key); _counts.TryRemove(key, out _); }", "foreach (var pair in _counts) { Console.WriteLine(pair.Key); _counts.TryRemove(pair.Key, out _); }")]
    [InlineData("foreach (int n in this._counts.Values) k += n; /* sum */", "foreach (KeyValuePair<int, int> pair in this._counts) k += pair.Value; /* sum */")]
    [InlineData("int pair = 1; foreach (int n in _counts.Values) k += n * pair;", "int pair = 1; foreach (KeyValuePair<int, int> entry in _counts) k += entry.Value * pair;")]
    [InlineData("foreach (var x in _counts.ToArray()) k += x.Value;", "foreach (var x in _counts) k += x.Value;")]
    public async Task The_read_takes_no_lock(string before, string after) =>
        Assert.Equal(Class($"public void M(int k) {{ {after} }}"), await Fix.FixAsync(Class($"public void M(int k) {{ {before} }}")));

    [Theory]
    [InlineData("if (_texts.Keys.Contains(s)) k++;")]
    [InlineData("if (_ignoringCase.Keys.Contains(\"a\")) k++;")]
    [InlineData("foreach (var n in _counts.Values) { }")]
    [InlineData("foreach (long n in _counts.Values) k += (int)n;")]
    [InlineData("foreach (var /* each */ n in _counts.Values /* of them */ ) k += nameof(n).Length + n;")]
    public async Task Not_offered_where_it_would_not_be_the_same(string body) => await Fix.AssertNotOfferedAsync(Class($"public void M(int k, string s) {{ {body} }}"));

    private static string Class(string members) => $$"""
        using System.Collections.Concurrent;

        class C
        {
            private readonly ConcurrentDictionary<int, int> _counts = new();
            private readonly ConcurrentDictionary<string, int> _texts = new();
            private readonly ConcurrentDictionary<string, int> _ignoringCase = new(StringComparer.OrdinalIgnoreCase);
            {{members}}
        }
        """;
}

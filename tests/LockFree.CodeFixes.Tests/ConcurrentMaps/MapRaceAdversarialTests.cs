using LockFree.Analyzers.ConcurrentMaps;
using LockFree.CodeFixes.ConcurrentMaps;
using LockFree.CodeFixes.Tests.ReadMostly;

namespace LockFree.CodeFixes.Tests.ConcurrentMaps;

public sealed class MapRaceAdversarialTests
{
    private static readonly SiteFix Fix = new(() => new ConcurrentMapAnalyzer(), new CheckThenActCodeFixProvider(), "LF1002.Atomic");

    [Fact]
    public Task A_cast_that_may_throw_is_not_made_where_the_key_is_there() => Fix.AssertNotOfferedAsync(Class(
        "public void M(string k, object any) { if (_all.TryGetValue(k, out var n)) _all[k] = n + 1; else _all[k] = (int)any; }", "int"));

    [Fact]
    public Task What_stands_in_parentheses_has_effects_all_the_same() => Fix.AssertNotOfferedAsync(Class(
        "private static int s_next; private static int Next() => ++s_next; public void M(string k) { if (_all.TryGetValue(k, out var n)) _all[k] = (n + Next()); else _all[k] = 1; }", "int"));

    [Fact]
    public async Task A_cast_that_may_throw_runs_in_the_factory() => Assert.Contains(
        "_all.GetOrAdd(k, _ => (string)any)",
        await Fix.FixAsync(Class("public object M(string k, object any) { if (!_all.TryGetValue(k, out var v)) { v = (string)any; _all[k] = v; } return v; }", "object")));

    private static string Class(string member, string value) => $$"""
        using System.Collections.Concurrent;
        public sealed class C
        {
            private readonly ConcurrentDictionary<string, {{value}}> _all = new();
            {{member}}
        }
        """;
}

using System.Collections.Immutable;
using LockFree.Analyzers.Tests.GuardedState;
using LockFree.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Analyzers.Tests.HotCollections;

/// <summary>The shapes that are exact, and what the finding says.</summary>
public sealed class DictionaryUnderLockTests
{
    private const string Fields = """
        private readonly object _gate = new();
        private readonly Dictionary<string, object> _map = new();
        public bool Remove(string key) { lock (_gate) return _map.Remove(key); }

        """;

    [Theory]
    [InlineData("public void M(string k) { lock (_gate) { _map[k] = 1; } }")]
    [InlineData("public void M(string k) { lock (_gate) _map.Add(k, 1); }")]
    [InlineData("public bool M(string k) { lock (_gate) { return _map.TryGetValue(k, out _); } }")]
    [InlineData("public object M(string k) { lock (_gate) { return _map[k]; } }")]
    [InlineData("public int M() { lock (_gate) { return _map.Count; } }")]
    [InlineData("public void M() { lock (_gate) { _map.Clear(); } }")]
    [InlineData("public object? M(string k) { lock (_gate) { return _map.GetValueOrDefault(k); } }")]
    [InlineData("public bool M(string k) { lock (_gate) { return _map.ContainsKey(k) && _map[k] != null; } }")]
    public async Task Single_operations_and_repeated_look_ups_are_exact(string member) => await AssertExactAsync(member);

    [Theory]
    [InlineData("public string[] M() { lock (_gate) { return _map.Keys.ToArray(); } }")]
    [InlineData("public List<object> M() { lock (_gate) { return new List<object>(_map.Values); } }")]
    [InlineData("public List<string> M() { lock (_gate) { return _map.Where(p => p.Value is string).Select(p => p.Key).ToList(); } }")]
    [InlineData("public bool M() { lock (_gate) { return _map.Values.Any(v => v is int); } }")]
    [InlineData("public List<string> M() { var r = new List<string>(); lock (_gate) { foreach (var p in _map) r.Add(p.Key); } return r; }")]
    public async Task Snapshots_are_exact(string member) => await AssertExactAsync(member);

    [CSharp13Fact] // compilers before tell analyzers nothing of the inside of such an expression: silence
    public async Task A_snapshot_by_a_spread_is_exact() => await AssertExactAsync("public object[] M() { lock (_gate) { return [.. _map.Values]; } }");

    [Theory]
    [InlineData("if (_map.TryGetValue(k, out var v)) return v; v = Make(k); _map[k] = v; return v;")]
    [InlineData("if (_map.TryGetValue(k, out var v)) return v; v = Make(k); _map.Add(k, v); return v;")]
    [InlineData("if (!_map.TryGetValue(k, out var v)) { v = Make(k); _map.Add(k, v); } return v;")]
    [InlineData("if (!_map.TryGetValue(k, out var v)) _map[k] = v = Make(k); return v;")]
    [InlineData("if (_map.TryGetValue(k, out var v) == false) { v = Make(k); _map.Add(k, v); } return v;")]
    [InlineData("if (_map.TryGetValue(k, out var v) is false) { v = Make(k); _map.Add(k, v); } return v;")]
    [InlineData("if (!_map.ContainsKey(k)) _map.Add(k, Make(k)); return _map[k];")]
    [InlineData("if (_map.ContainsKey(k)) return _map[k]; var v = Make(k); _map[k] = v; return v;")]
    [InlineData("if (_map.TryGetValue(k, out var v)) { return v; } else { v = Make(k); _map[k] = v; return v; }")]
    [InlineData("if (_map.TryGetValue(k, out var v)) return v; if (k.Length == 0) throw new ArgumentException(k); v = Make(k); _map[k] = v; return v;")]
    public async Task Get_or_add_is_exact_with_an_effectful_factory(string body) => await AssertExactAsync(
        $$"""public object M(string k) { lock (_gate) { {{body}} } } private static object Make(string k) => System.IO.File.ReadAllText(k);""");

    [Theory]
    [InlineData("if (_map.ContainsKey(k)) return false; _map.Add(k, v); return true;")]
    [InlineData("if (_map.ContainsKey(k)) throw new ArgumentException(k); _map.Add(k, v); return true;")]
    [InlineData("if (_map.TryGetValue(k, out _)) throw new ArgumentException(k); _map.Add(k, v); return true;")]
    [InlineData("if (_map.TryGetValue(k, out _)) throw new ArgumentException(k); _map[k] = v; return true;")]
    [InlineData("if (!_map.ContainsKey(k)) return false; _map[k] = v; return true;")]
    [InlineData("if (_map.TryGetValue(k, out var old)) { _map.Remove(k); return old == v; } return false;")]
    public async Task Try_add_update_if_exists_and_remove_if_are_exact(string body) =>
        await AssertExactAsync($$"""public bool M(string k, object v) { lock (_gate) { {{body}} } }""");

    [Theory]
    [InlineData("if (_map.TryGetValue(k, out var v) && v is string) return v; v = new object(); _map[k] = v; return v;", "depends on the value found")]
    [InlineData("if (!_map.TryGetValue(k, out var v)) { v = new object(); if (k.Length > 3) _map[k] = v; } return v;", "further condition")]
    [InlineData("if (_map.TryGetValue(k, out var v)) return v; v = new object(); if (k.Length > 3) return v; _map[k] = v; return v;", "further condition")]
    [InlineData("if (!_map.TryGetValue(k, out var v) && k.Length > 3) { v = new object(); _map[k] = v; } return v!;", "depends on the value found")]
    [InlineData("if (_map.TryGetValue(k, out var v)) { System.IO.File.Delete(k); return v; } v = new object(); _map[k] = v; return v;", "'Delete' is called under the lock")]
    [InlineData("bool found = _map.TryGetValue(k, out var v); if (found) System.IO.File.Delete(k); if (!found) { v = new object(); _map[k] = v; } return v!;", "'Delete' is called under the lock")]
    [InlineData("if (_map.TryGetValue(k, out var v)) return v; v = new object(); _map[k] = v; System.IO.File.Delete(k); return v;", "'Delete' is called under the lock")]
    [InlineData("var made = System.IO.File.ReadAllText(k); if (_map.TryGetValue(k, out var v)) return v; _map[k] = made; return made;", "'ReadAllText' is called under the lock")]
    [InlineData("if (_map.TryGetValue(k, out var v)) return v; v = new object(); _map[k + 1] = v; return v;", "several keys")]
    [InlineData("if (_map.Count > 9) _map.Clear(); _map[k] = k; return k;", "belong together")]
    public async Task Compounds_that_a_map_has_no_word_for_are_left_to_a_person(string body, string reason)
    {
        string member = $$"""public object M(string k) { lock (_gate) { {{body}} } }""";
        Diagnostic finding = Assert.Single(await AnalyzedSource.DiagnosticsAsync($$"""class C { {{Fields}} {{member}} }"""));
        Assert.Equal(DiagnosticSeverity.Info, finding.Severity);
        Assert.Contains(reason, finding.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public object M(string k, Func<string, object> make) { lock (_gate) { if (_map.TryGetValue(k, out var v)) return v; v = make(k); _map[k] = v; return v; } }")]
    [InlineData("protected virtual object Make(string k) => k; public object M(string k) { lock (_gate) { if (_map.TryGetValue(k, out var v)) return v; v = Make(k); _map[k] = v; return v; } }")]
    [InlineData("public object M(string k) { lock (_gate) { if (_map.TryGetValue(k, out var v)) return v; v = Maker.Make(this); _map[k] = v; return v; } }")]
    public async Task A_factory_that_may_come_back_to_the_map_is_left_to_a_person(string member)
    {
        Diagnostic finding = Assert.Single(await AnalyzedSource.DiagnosticsAsync(
            $$"""class C { {{Fields}} {{member}} }""", "static class Maker { public static object Make(C c) => c; }"));
        Assert.Equal(DiagnosticSeverity.Info, finding.Severity);
        Assert.Contains("may come back to the collection", finding.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counting_with_an_update_in_two_arms_is_exact()
    {
        Assert.Equal(["LF1001 warning _map"], await AnalyzedSource.FindingsAsync("""
            class Counters
            {
                private readonly Dictionary<string, int> _map = new();
                public void Hit(string key) { lock (_map) { if (_map.TryGetValue(key, out int n)) _map[key] = n + 1; else _map[key] = 1; } }
                public int Get(string key) { lock (_map) { return _map.TryGetValue(key, out int n) ? n : 0; } }
            }
            """));
    }

    [Fact]
    public async Task A_set_is_found_like_a_map()
    {
        Assert.Equal(["LF1001 warning _seen"], await AnalyzedSource.FindingsAsync("""
            class Seen
            {
                private readonly HashSet<string> _seen = new();
                private readonly object _gate = new();
                public bool First(string name) { lock (_gate) return _seen.Add(name); }
                public bool Forget(string name) { lock (_gate) return _seen.Remove(name); }
                public bool Has(string name) { lock (_gate) return _seen.Contains(name); }
            }
            """));
    }

    [Fact]
    public async Task Reference_counting_is_left_to_a_person()
    {
        Diagnostic finding = Assert.Single(await AnalyzedSource.DiagnosticsAsync("""
            class Counts
            {
                private readonly Dictionary<string, int> _map = new();
                public void Release(string key)
                {
                    lock (_map)
                    {
                        if (!_map.TryGetValue(key, out int n)) return;
                        if (n == 1) _map.Remove(key); else _map[key] = n - 1;
                    }
                }
            }
            """));
        Assert.Equal(DiagnosticSeverity.Info, finding.Severity);
    }

    [Fact]
    public async Task Two_collections_under_one_lock_that_never_meet_are_each_exact()
    {
        Assert.Equal(["LF1001 warning _a", "LF1001 warning _b"], await AnalyzedSource.FindingsAsync("""
            class Two
            {
                private readonly object _gate = new();
                private readonly Dictionary<string, int> _a = new();
                private readonly Dictionary<string, int> _b = new();
                public void A(string k) { lock (_gate) _a[k] = 1; }
                public void B(string k) { lock (_gate) _b[k] = 1; }
            }
            """));
    }

    [Fact]
    public async Task A_lock_that_guards_other_things_elsewhere_stays()
    {
        Diagnostic finding = Assert.Single(await AnalyzedSource.DiagnosticsAsync(
            $$"""class C { {{Fields}} private int _other; public void Next() { lock (_gate) { _other++; } } }"""));
        Assert.Equal(
            "'_map' is only ever used under the lock '_gate', and never together with anything else it guards: make it a ShardedMap and leave the lock to the others",
            finding.GetMessage());
    }

    [Fact]
    public async Task Two_collections_that_meet_in_one_region_are_not_reported()
    {
        Assert.Empty(await AnalyzedSource.FindingsAsync("""
            class Two
            {
                private readonly object _gate = new();
                private readonly Dictionary<string, int> _a = new();
                private readonly Dictionary<int, string> _b = new();
                public void Add(string k, int v) { lock (_gate) { _a[k] = v; _b[v] = k; } }
            }
            """));
    }

    [Fact]
    public async Task The_finding_names_field_lock_and_advice_and_tells_the_verdict()
    {
        Diagnostic finding = Assert.Single(await AnalyzedSource.DiagnosticsAsync($$"""class C { {{Fields}} }"""));
        Assert.Equal(
            "'_map' is only ever used under the lock '_gate', which guards nothing else: make it a ShardedMap and remove the lock", finding.GetMessage());
        Assert.Equal("Exact", finding.Properties["Verdict"]);
        Assert.Equal("https://github.com/lockfree-dotnet/lockfree/blob/main/docs/rules/LF1001.md", finding.Descriptor.HelpLinkUri);
    }

    [Fact]
    public async Task The_finding_for_a_person_says_why()
    {
        Diagnostic finding = Assert.Single(await AnalyzedSource.DiagnosticsAsync(
            $$"""class C { {{Fields}} public void M(string[] ks) { lock (_gate) foreach (var k in ks) _map[k] = 1; } }"""));
        Assert.Contains("decide first, because a loop inside the lock makes several operations one", finding.GetMessage(), StringComparison.Ordinal);
        Assert.Equal("ReportOnly", finding.Properties["Verdict"]);
    }

    [Theory]
    [InlineData("Dictionary<string, int>", "ShardedMap")]
    [InlineData("HashSet<string>", "ShardedSet")]
    public async Task Where_the_runtime_is_referenced_its_types_are_advised(string type, string replacement)
    {
        Diagnostic finding = Assert.Single(await AnalyzedSource.DiagnosticsAsync(
            $$"""class C { private readonly {{type}} _map = new(); public void M(string k) { lock (_map) _map.Remove(k); } }""",
            "namespace LockFree { public class ShardedMap<TKey, TValue> { } }"));
        Assert.Contains($"make it a {replacement} ", finding.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pragma_silences_the_finding()
    {
        Assert.Empty(await AnalyzedSource.FindingsAsync("""
            class C
            {
            #pragma warning disable LF1001
                private readonly Dictionary<string, int> _map = new();
            #pragma warning restore LF1001
                public void M(string k) { lock (_map) _map.Remove(k); }
            }
            """));
    }

    [Theory]
    [InlineData("bool found = _map.TryGetValue(k, out var v); if (!found) { v = Make(k); _map.Add(k, v!); } return v!;")]
    [InlineData("return _map.GetValueOrDefault(k) ?? (_map[k] = Make(k));")]
    [InlineData("_map.TryGetValue(k, out var old); _map[k] = Make(k); return old!;")]
    [InlineData("_map.Remove(k); _map.Add(k, k); return k;")]
    [InlineData("if (_map.ContainsKey(k)) throw new ArgumentException(k); var made = Make(k); _map[k] = made; return made;")]
    [InlineData("if (!_map.TryGetValue(k, out var v)) { if (Try(k, out v)) _map[k] = v; else _map[k] = k; } return v;")]
    public async Task What_a_map_could_say_but_no_fix_writes_is_left_to_a_person(string body)
    {
        string[] findings = await FindingsAsync($$"""
            public object M(string k) { lock (_gate) { {{body}} } }
            private static object Make(string k) => System.IO.File.ReadAllText(k);
            private static bool Try(string k, out object v) { v = Make(k); return k.Length > 3; }
            """);
        Assert.Equal(["LF1001 info _map"], findings);
    }

    [Theory]
    [InlineData("if (_map.TryGetValue(k, out var v)) return v; v = System.IO.File.ReadAllText(k); _map[k] = v; return v;", "no ConcurrentDictionary does in one step")]
    [InlineData("if (_map.TryGetValue(k, out var v)) _map[k] = v.ToString()!; return k;", "no ConcurrentDictionary does in one step")]
    [InlineData("var all = _map.ToArray(); _map.Clear(); return all;", "no ConcurrentDictionary does in one step")]
    public async Task What_only_the_runtimes_map_does_in_one_step_is_a_warning_only_where_it_is_referenced(string body, string reason)
    {
        string source = $$"""class C { {{Fields}} public object M(string k) { lock (_gate) { {{body}} } } }""";
        CSharpCompilation with = AnalyzedSource.Compile(source);
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(await AnalyzedSource.AnalyzeAsync(with)).Severity);

        Diagnostic without = Assert.Single(await AnalyzedSource.AnalyzeAsync(with.RemoveReferences(AnalyzedSource.Runtime)));
        Assert.Equal(DiagnosticSeverity.Info, without.Severity);
        Assert.Contains(reason, without.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)] public void M(string k) { _own[k] = 1; }", "code elsewhere can lock")]
    [InlineData("public void M(string k) { lock (_gate) { N(k); } } private void N(string k) { lock (_gate) { _own[k] = 1; } }", "one region of the lock lies within another")]
    [InlineData("public void M(string k) { if (!Monitor.TryEnter(_gate)) return; try { _own[k] = 1; } finally { Monitor.Exit(_gate); } }", "cannot be taken away")]
    [InlineData("public void M(string k) { lock (_gate) { _own?.Remove(k); } }", "has no concurrent counterpart")]
    [InlineData("public void M(string k) { lock (_gate) { _own[k]++; } }", "has no concurrent counterpart")]
    public async Task What_no_fix_can_take_away_is_left_to_a_person(string member, string reason)
    {
        Diagnostic finding = Assert.Single(await AnalyzedSource.DiagnosticsAsync(
            $$"""class C { private readonly object _gate = new(); private readonly Dictionary<string, int> _own = new(); {{member}} }"""));
        Assert.Equal(DiagnosticSeverity.Info, finding.Severity);
        Assert.Contains(reason, finding.GetMessage(), StringComparison.Ordinal);
    }

    private static async Task AssertExactAsync(string member) => Assert.Equal(["LF1001 warning _map"], await FindingsAsync(member));

    private static Task<string[]> FindingsAsync(string member) => AnalyzedSource.FindingsAsync($$"""class C { {{Fields}} {{member}} }""");
}

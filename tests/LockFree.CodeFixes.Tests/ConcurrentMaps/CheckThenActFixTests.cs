using LockFree.Analyzers.ConcurrentMaps;
using LockFree.CodeFixes.ConcurrentMaps;
using LockFree.CodeFixes.Tests.ReadMostly;

namespace LockFree.CodeFixes.Tests.ConcurrentMaps;

public sealed class CheckThenActFixTests
{
    private static readonly SiteFix Fix = new(() => new ConcurrentMapAnalyzer(), new CheckThenActCodeFixProvider(), "LF1002.Atomic");

    [Theory]
    [InlineData("_texts.TryGetValue(k, out var t); if (t == null) { } if (!_texts.TryGetValue(k, out var text)) { text = k.Trim(); _texts[k] = text; } return text;",
        "_texts.TryGetValue(k, out var t); if (t == null) { } var text = _texts.GetOrAdd(k, key => key.Trim()); return text;")]
    [InlineData("if (!_texts.TryGetValue(k, out var text)) _texts[k] = text = Make(k); return text + k;", "var text = _texts.GetOrAdd(k, key => Make(key)); return text + k;")]
    [InlineData("if (!_texts.TryGetValue(k, out string? text)) text = _texts[k] = k.Trim(); return text;", "string? text = _texts.GetOrAdd(k, key => key.Trim()); return text;")]
    [InlineData("if (!_texts.TryGetValue(k, out var text)) { text = k.Trim(); _texts.TryAdd(k, text); } return text;", "var text = _texts.GetOrAdd(k, key => key.Trim()); return text;")]
    [InlineData("if (_texts.TryGetValue(k, out var text)) return text; text = k.Trim(); _texts[k] = text; return text;", "return _texts.GetOrAdd(k, key => key.Trim());")]
    [InlineData("if (_texts.TryGetValue(k, out var text)) return text; var made = k.Trim(); _texts[k] = made; return made;", "return _texts.GetOrAdd(k, key => key.Trim());")]
    [InlineData("string? text; if (!_texts.TryGetValue(k, out text)) { _texts[k] = text = k.Trim(); } return text;", "string? text; text = _texts.GetOrAdd(k, key => key.Trim()); return text;")]
    [InlineData("if (!_texts.TryGetValue(k, out var text)) return _texts[k] = k.Trim(); return text;", "return _texts.GetOrAdd(k, key => key.Trim());")]
    [InlineData("if (!_texts.ContainsKey(k)) _texts[k] = k.Trim(); return k;", "_texts.GetOrAdd(k, key => key.Trim()); return k;")]
    [InlineData("string key = k; if (!_texts.ContainsKey(key + k)) _texts[key + k] = k.Trim(); return k;", "string key = k; _texts.GetOrAdd(key + k, _ => k.Trim()); return k;")]
    public async Task A_cache_gets_or_adds(string before, string after) => Assert.Equal(
        Class($"public string M(string k) {{ {after} }}"), await Fix.FixAsync(Class($"public string M(string k) {{ {before} }}")));

    [Fact]
    public async Task An_out_parameter_is_assigned() => Assert.Equal(
        Class("public void M(string k, out string? text) { text = _texts.GetOrAdd(k, key => key.Trim()); }"),
        await Fix.FixAsync(Class("public void M(string k, out string? text) { if (!_texts.TryGetValue(k, out text)) { text = k.Trim(); _texts[k] = text; } }")));

    [Fact]
    public async Task A_container_is_added_once() => Assert.Equal(
        Class("public void M(string k) { var list = _lists.GetOrAdd(k, _ => new List<int>()); list.Add(1); }"),
        await Fix.FixAsync(Class("public void M(string k) { if (!_lists.TryGetValue(k, out var list)) { list = new List<int>(); _lists[k] = list; } list.Add(1); }")));

    [Fact]
    public async Task Of_our_own_map_the_factory_runs_once_where_it_could_be_noticed() => Assert.Equal(
        Class("""
            private readonly LockFree.ShardedMap<string, string> _own = new();
            public string M(string k) { return _own.GetOrAddOnce(k, key => Make(key)); }
            public string N(string k) { return _own.GetOrAdd(k, key => key.Trim()); }
            """),
        await Fix.FixAsync(Class("""
            private readonly LockFree.ShardedMap<string, string> _own = new();
            public string M(string k) { if (_own.TryGetValue(k, out var text)) return text; text = Make(k); _own[k] = text; return text; }
            public string N(string k) { if (_own.TryGetValue(k, out var text)) return text; text = k.Trim(); _own[k] = text; return text; }
            """)));

    [Theory]
    [InlineData("_counts[k] = _counts.TryGetValue(k, out var n) ? n + 1 : 1;", "_counts.AddOrUpdate(k, 1, (_, n) => n + 1);")]
    [InlineData("if (_counts.TryGetValue(k, out var n)) _counts[k] = n + 1; else _counts[k] = 1;", "_counts.AddOrUpdate(k, 1, (_, n) => n + 1);")]
    [InlineData("if (!_counts.TryGetValue(k, out var n)) { _counts[k] = 1; } else { _counts[k] = Math.Max(n, m); }", "_counts.AddOrUpdate(k, 1, (_, n) => Math.Max(n, m));")]
    [InlineData("_counts.TryGetValue(k, out int n); _counts[k] = n + m;", "_counts.AddOrUpdate(k, m, (_, n) => n + m);")]
    public async Task An_update_adds_or_updates(string before, string after) => Assert.Equal(
        Class($"public void M(string k, int m) {{ {after} }}"), await Fix.FixAsync(Class($"public void M(string k, int m) {{ {before} }}")));

    [Theory]
    [InlineData("if (_counts.ContainsKey(k)) return; _counts.TryAdd(k, 1); Start();", "if (!_counts.TryAdd(k, 1)) return; Start();")]
    [InlineData("if (_counts.ContainsKey(k)) return; _counts[k] = 1; Start();", "if (!_counts.TryAdd(k, 1)) return; Start();")]
    [InlineData("if (_counts.ContainsKey(k)) throw new InvalidOperationException(); _counts[k] = m;", "if (!_counts.TryAdd(k, m)) throw new InvalidOperationException();")]
    [InlineData("if (!_counts.ContainsKey(k)) { _counts.TryAdd(k, 1); Start(); }", "if (_counts.TryAdd(k, 1)) { Start(); }")]
    public async Task A_mark_decides_and_stores_at_once(string before, string after) => Assert.Equal(
        Class($"public void M(string k, int m) {{ {after} }} void Start() {{ }}"), await Fix.FixAsync(Class($"public void M(string k, int m) {{ {before} }} void Start() {{ }}")));

    [Fact]
    public async Task Only_what_was_tested_is_removed() => Assert.Equal(
        Class("public void M(string k) { if (_texts.TryGetValue(k, out var t) && t.Length > 3) { _texts.TryRemove(new KeyValuePair<string, string>(k, t)); } }"),
        await Fix.FixAsync(Class("public void M(string k) { if (_texts.TryGetValue(k, out var t) && t.Length > 3) { _texts.TryRemove(k, out _); } }")));

    [Theory]
    [InlineData("if (_texts.ContainsKey(k)) Use(_texts[k]);", "if (_texts.TryGetValue(k, out var value)) Use(value);")]
    [InlineData("if (!_texts.ContainsKey(k)) return; Use(_texts[k]);", "if (!_texts.TryGetValue(k, out var value)) return; Use(value);")]
    [InlineData("Use(_texts.ContainsKey(k) ? _texts[k] : k);", "Use(_texts.TryGetValue(k, out var value) ? value : k);")]
    [InlineData("string value = k; if (_texts.ContainsKey(value) && _texts[value].Length > 3) Use(k);", "string value = k; if (_texts.TryGetValue(value, out var found) && found.Length > 3) Use(k);")]
    public async Task A_read_asks_and_reads_at_once(string before, string after) => Assert.Equal(
        Removing($"public void M(string k) {{ {after} }}"), await Fix.FixAsync(Removing($"public void M(string k) {{ {before} }}")));

    [Fact]
    public async Task Comments_and_layout_are_kept() => Assert.Equal(
        Class("""
            public string M(string k)
                {
                    // Looked up first.
                    var text = _texts.GetOrAdd(k, key => key.Trim());

                    // And used.
                    return text;
                }
            """),
        await Fix.FixAsync(Class("""
            public string M(string k)
                {
                    // Looked up first.
                    if (!_texts.TryGetValue(k, out var text))
                    {
                        text = k.Trim();
                        _texts[k] = text;
                    }

                    // And used.
                    return text;
                }
            """)));

    [Theory]

    // an indexer that throws where nothing is, a value used afterwards, or made by code that has an effect
    [InlineData("_counts[k]++; return k;")]
    [InlineData("_counts.TryGetValue(k, out var n); _counts[k] = n + 1; return k + n;")]
    [InlineData("_counts.TryGetValue(k, out var n); _counts[k] = n - 1; return k;")]
    [InlineData("_counts[k] = _counts.TryGetValue(k, out var n) ? n + Next() : 1; return k;")]

    // code that comes back to the map, that nobody can follow, or that changes a local
    [InlineData("if (!_texts.TryGetValue(k, out var text)) { text = Again(k); _texts[k] = text; } return text;")]
    [InlineData("if (!_texts.TryGetValue(k, out var text)) { text = _make(k); _texts[k] = text; } return text;")]
    [InlineData("if (!_texts.TryGetValue(k, out var text)) { text = Overridden(k); _texts[k] = text; } return text;")]
    [InlineData("int n = 0; if (!_texts.TryGetValue(k, out var text)) { text = k + n++; _texts[k] = text; } return text + n;")]
    [InlineData("if (!_texts.TryGetValue(k, out var text)) { text = text + k; _texts[k] = text; } return text;")]

    [InlineData("string? text; if (_texts.TryGetValue(k, out text)) return text; text = k.Trim(); _texts[k] = text; return text;")]

    // a disposable that would be forgotten, more on one way than on the other
    [InlineData("if (!_files.TryGetValue(k, out var file)) { file = System.IO.File.OpenRead(k); _files[k] = file; } return file.Name;")]
    [InlineData("if (!_texts.TryGetValue(k, out var text)) { text = k.Trim(); _texts[k] = text; _counts.Clear(); } return text;")]
    [InlineData("if (_texts.TryGetValue(k, out var text)) return text + k; text = k.Trim(); _texts[k] = text; return text;")]

    // a removal for which the pair is not the value tested, or might not be there any more
    [InlineData("if (_lists.TryGetValue(k, out var list)) { list.Clear(); if (list.Count == 0) _lists.TryRemove(k, out _); } return k;")]
    [InlineData("if (_texts.TryGetValue(k, out var t) && t.Length > 3) { t = k; _texts.TryRemove(k, out _); } return k;")]
    [InlineData("if (_texts.TryGetValue(k, out var t) && t != Again(k)) { _texts.TryRemove(k, out _); } return k;")]
    public async Task Not_offered(string body) => await Fix.AssertNotOfferedAsync(Class($$"""
        public virtual string M(string k) { {{body}} }
        private readonly Func<string, string> _make = k => k;
        private string Again(string k) => _texts.Count + k;
        protected virtual string Overridden(string k) => k;
        private static int s_next;
        private static int Next() => s_next++;
        """));

    [Fact]
    public async Task Not_offered_in_an_async_method_that_awaits_the_value() => await Fix.AssertNotOfferedAsync(Class(
        "public async System.Threading.Tasks.Task<string> M(string k) { if (!_texts.TryGetValue(k, out var t)) { t = await System.Threading.Tasks.Task.FromResult(k); _texts[k] = t; } return t; }"));

    [Fact]
    public async Task Not_offered_where_a_by_reference_parameter_would_be_captured() => await Fix.AssertNotOfferedAsync(Class(
        "public string M(string k, in int n) { if (!_texts.TryGetValue(k, out var t)) { t = k.Substring(n); _texts[k] = t; } return t; }"));

    [Theory]
    [InlineData("if (_texts.ContainsKey(k)) { Use(k); Use(_texts[k]); }")]
    [InlineData("if (_texts.ContainsKey(k)) { Use(_texts[k]); Use(_texts[k]); }")]
    [InlineData("if (_texts.ContainsKey(k)) { for (int i = 0; i < 3; i++) Use(_texts[k]); }")]
    public async Task Not_offered_where_the_entry_may_change_before_it_is_read(string body) =>
        await Fix.AssertNotOfferedAsync(Removing($"public void M(string k) {{ {body} }}"));

    private static string Removing(string members) => Class(members + " public void Remove(string k) => _texts.TryRemove(k, out _); static void Use(string text) { }");

    private static string Class(string members) => $$"""
        using System.Collections.Concurrent;

        class C
        {
            private readonly ConcurrentDictionary<string, int> _counts = new();
            private readonly ConcurrentDictionary<string, List<int>> _lists = new();
            private readonly ConcurrentDictionary<string, System.IO.FileStream> _files = new();
            private readonly ConcurrentDictionary<string, string> _texts = new();
            private static string Make(string k) => k.Trim() + "!";
            {{members}}
        }
        """;
}

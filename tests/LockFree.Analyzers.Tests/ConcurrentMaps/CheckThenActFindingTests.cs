using LockFree.Analyzers.ConcurrentMaps;
using LockFree.Analyzers.Tests.GuardedState;

namespace LockFree.Analyzers.Tests.ConcurrentMaps;

public sealed class CheckThenActFindingTests
{
    [Theory]
    [InlineData("_counts[k]++;", "_counts[k]")]
    [InlineData("++_counts[k];", "_counts[k]")]
    [InlineData("_counts[k] += 2;", "_counts[k]")]
    [InlineData("_counts[k] = _counts[k] + 1;", "_counts[k]")]
    [InlineData("_counts[k] = Math.Max(_counts[k], 3);", "_counts[k]")]
    [InlineData("var n = _counts[k]; _counts[k] = n + 1;", "_counts[k]")]
    [InlineData("_counts.TryGetValue(k, out var n); _counts[k] = n + 1;", "_counts.TryGetValue(k, out var n)")]
    [InlineData("_counts.TryGetValue(k, out var n); n++; _counts[k] = n;", "_counts.TryGetValue(k, out var n)")]
    [InlineData("_counts.TryGetValue(k, out var n); int next = n + 1; _counts[k] = next;", "_counts.TryGetValue(k, out var n)")]
    [InlineData("_counts[k] = _counts.TryGetValue(k, out var n) ? n + 1 : 1;", "_counts.TryGetValue(k, out var n)")]
    [InlineData("if (_counts.TryGetValue(k, out var n)) _counts[k] = n + 1; else _counts[k] = 1;", "_counts.TryGetValue(k, out var n)")]
    [InlineData("if (_counts.TryGetValue(k, out var n)) _counts.TryUpdate(k, n - 1, n);", "_counts.TryGetValue(k, out var n)")]
    public async Task A_lost_update_is_a_warning(string body, string place)
    {
        string[] findings = await MapSource.FindingsInClassAsync($"public void M(string k) {{ {body} }}");
        Assert.Equal([$"LF1002 warning {place}"], findings);
    }

    [Fact]
    public async Task A_lost_update_of_an_immutable_value_is_a_warning() => Assert.Equal(
        ["LF1002 warning _map.TryGetValue(k, out var old)"],
        await MapSource.FindingsAsync("""
            class C
            {
                private readonly ConcurrentDictionary<string, ImmutableList<int>> _map = new();
                public void M(string k, int n)
                {
                    if (_map.TryGetValue(k, out var old))
                        _map[k] = old.Add(n);
                }
            }
            """));

    [Theory]
    [InlineData("if (!_lists.TryGetValue(k, out var list)) { list = new List<int>(); _lists[k] = list; } list.Add(1);")]
    [InlineData("if (!_lists.TryGetValue(k, out var list)) _lists[k] = list = new List<int>(); list.Add(1);")]
    [InlineData("if (!_lists.TryGetValue(k, out var list)) list = _lists[k] = new List<int>(); list.Add(1);")]
    [InlineData("if (!_lists.TryGetValue(k, out var list)) { list = new List<int>(); _lists.TryAdd(k, list); } list.Add(1);")]
    [InlineData("if (_lists.TryGetValue(k, out var list)) list.Add(1); else _lists[k] = new List<int> { 1 };")]
    public async Task A_container_that_loses_what_is_put_into_it_is_a_warning(string body)
    {
        string[] findings = await MapSource.FindingsInClassAsync($"public void M(string k) {{ {body} }}");
        Assert.Equal(["LF1002 warning _lists.TryGetValue(k, out var list)"], findings);
    }

    [Fact]
    public async Task A_container_that_is_filled_before_it_is_stored_is_information() => Assert.Equal(
        ["LF1002 info _lists.TryGetValue(k, out var list)"],
        await MapSource.FindingsInClassAsync(
            "public List<int> M(string k) { if (!_lists.TryGetValue(k, out var list)) { list = new List<int>(); list.Add(k.Length); _lists[k] = list; } return list; }"));

    [Fact]
    public async Task An_object_that_is_changed_after_it_was_given_up_is_a_warning() => Assert.Equal(
        ["LF1002 warning _tokens.TryGetValue(user, out Token? saved)"],
        await MapSource.FindingsAsync("""
            class Token { public string? Name; public long Ticks { get; set; } }
            class C
            {
                private readonly ConcurrentDictionary<string, Token> _tokens = new();
                public string? M(string user, Func<string> read)
                {
                    if (!_tokens.TryGetValue(user, out Token? saved))
                    {
                        saved = new Token();
                        _tokens.TryAdd(user, saved);
                    }

                    if (saved.Name is null)
                        saved.Name = read();
                    return saved.Name;
                }
            }
            """));

    [Theory]
    [InlineData("if (!_files.TryGetValue(k, out var file)) { file = new System.IO.FileStream(k, System.IO.FileMode.Open); _files[k] = file; } return file.Length;", "_files.TryGetValue(k, out var file)")]
    [InlineData("if (!_files.ContainsKey(k)) _files[k] = System.IO.File.OpenRead(k); return 0;", "_files.ContainsKey(k)")]
    [InlineData("if (_files.TryGetValue(k, out var old)) return old.Length; var file = System.IO.File.OpenRead(k); _files[k] = file; return file.Length;", "_files.TryGetValue(k, out var old)")]
    public async Task A_disposable_that_is_lost_is_a_warning(string body, string place)
    {
        string[] findings = await MapSource.FindingsInClassAsync($"public long M(string k) {{ {body} }}");
        Assert.Equal([$"LF1002 warning {place}"], findings);
    }

    [Fact]
    public async Task A_lock_object_per_key_made_twice_is_a_warning() => Assert.Equal(
        ["LF1002 warning _gates.TryGetValue(k, out var gate)"],
        await MapSource.FindingsAsync("""
            class C
            {
                private readonly ConcurrentDictionary<string, object> _gates = new();
                public object Of(string k)
                {
                    if (!_gates.TryGetValue(k, out var gate)) { gate = new object(); _gates[k] = gate; }
                    return gate;
                }
            }
            """));

    [Theory]
    [InlineData("if (!_texts.TryGetValue(k, out var text)) { text = k.Trim(); _texts[k] = text; } return text;", "_texts.TryGetValue(k, out var text)")]
    [InlineData("if (!_texts.TryGetValue(k, out var text)) _texts[k] = text = k.Trim(); return text;", "_texts.TryGetValue(k, out var text)")]
    [InlineData("if (!_texts.TryGetValue(k, out var text)) return _texts[k] = k.Trim(); return text;", "_texts.TryGetValue(k, out var text)")]
    [InlineData("if (_texts.TryGetValue(k, out var text)) return text; text = k.Trim(); _texts.TryAdd(k, text); return text;", "_texts.TryGetValue(k, out var text)")]
    [InlineData("if (_texts.ContainsKey(k) == false) _texts[k] = k.Trim(); return k;", "_texts.ContainsKey(k)")]
    public async Task An_idempotent_cache_is_information(string body, string place)
    {
        string[] findings = await MapSource.FindingsInClassAsync($"public string M(string k) {{ {body} }}");
        Assert.Equal([$"LF1002 info {place}"], findings);
    }

    [Theory]
    [InlineData("if (!_texts.ContainsKey(k)) { var t = k.Trim(); _texts.TryAdd(k, t); return t; } return k;")]
    [InlineData("if (_texts.TryGetValue(k, out var found)) return found; var t = k.Trim(); _texts.TryAdd(k, t + t); return t;")]
    [InlineData("if (!_texts.TryGetValue(k, out var found)) _texts.TryAdd(k, k.Trim()); return found;")]
    [InlineData("if (!_texts.ContainsKey(k)) _texts.TryAdd(k, k.Trim()); return _texts.GetOrAdd(k, k);")]
    [InlineData("if (!_files.ContainsKey(k)) _files.TryAdd(k, System.IO.File.OpenRead(k)); return k;")]
    public async Task An_added_value_that_is_used_afterwards_or_to_be_disposed_is_information(string body) => Assert.StartsWith(
        "LF1002 info ", Assert.Single(await MapSource.FindingsInClassAsync($"public string M(string k) {{ {body} }}")));

    [Theory]
    [InlineData("_texts[k] = text;", "later")]
    [InlineData("_texts.TryAdd(k, text);", "first")]
    public async Task The_message_says_which_of_two_values_stays(string store, string which)
    {
        var finding = Assert.Single(await AnalyzedSource.DiagnosticsAsync(new ConcurrentMapAnalyzer(), $$"""
            using System.Collections.Concurrent;
            class C
            {
                private readonly ConcurrentDictionary<string, string> _texts = new();
                public string M(string k) { if (_texts.TryGetValue(k, out var text)) return text; text = k.Trim(); {{store}} return text; }
            }
            """));
        Assert.EndsWith($"both make a value, and the {which} one stays; GetOrAdd gives both the same", finding.GetMessage());
    }

    [Theory]
    [InlineData("if (_texts.ContainsKey(k)) Use(_texts[k]);")]
    [InlineData("if (!_texts.ContainsKey(k)) return; Use(_texts[k]);")]
    [InlineData("Use(_texts.ContainsKey(k) ? _texts[k] : k);")]
    [InlineData("if (_texts.ContainsKey(k) && _texts[k].Length > 3) Use(k);")]
    [InlineData("if (_texts.ContainsKey(k)) { Use(_texts[k]); Use(_texts[k]); }")]
    [InlineData("Assert.True(_texts.ContainsKey(k)); Use(_texts[k]);")]
    public async Task An_indexer_that_may_throw_is_a_warning_where_keys_are_removed_on_demand(string body)
    {
        string[] findings = await MapSource.FindingsInClassAsync($$"""
            public void M(string k) { {{body}} }
            public void Remove(string k) => _texts.TryRemove(k, out _);
            static void Use(string text) { }
            static class Assert { public static void True(bool condition) { } }
            """);
        Assert.Equal(["LF1002 warning _texts.ContainsKey(k)"], findings);
    }

    [Theory]
    [InlineData("if (_counts.ContainsKey(k)) return; _counts[k] = 1; Start();")]
    [InlineData("if (_counts.ContainsKey(k)) return; _counts.TryAdd(k, 1); Start();")]
    [InlineData("if (!_counts.ContainsKey(k)) { _counts.TryAdd(k, 1); Start(); }")]
    [InlineData("if (_counts.ContainsKey(k)) throw new InvalidOperationException(); _counts.TryAdd(k, 1);")]
    public async Task A_mark_that_lets_two_through_is_a_warning(string body)
    {
        string[] findings = await MapSource.FindingsInClassAsync($"public void M(string k) {{ {body} }} void Start() {{ }}");
        Assert.Equal(["LF1002 warning _counts.ContainsKey(k)"], findings);
    }

    [Theory]
    [InlineData("_texts[k] = k.Trim();", "warning")]
    [InlineData("", "info")]
    public async Task Removing_what_was_not_tested_is_found(string after, string severity)
    {
        string[] findings = await MapSource.FindingsInClassAsync(
            $"public void M(string k) {{ if (_texts.TryGetValue(k, out var text) && text.Length > 3) {{ _texts.TryRemove(k, out _); }} {after} }}");
        Assert.Equal([$"LF1002 {severity} _texts.TryGetValue(k, out var text)"], findings);
    }

    [Fact]
    public async Task Removing_an_emptied_collection_is_information_at_the_removal()
    {
        string[] findings = await MapSource.FindingsInClassAsync("""
            public void M(string k, int n)
            {
                if (_lists.TryGetValue(k, out var list))
                {
                    list.Remove(n);
                    if (list.Count == 0)
                        _lists.TryRemove(k, out _);
                }
            }
            """);
        Assert.Equal(["LF1002 info _lists.TryRemove(k, out _)"], findings);
    }

    [Fact]
    public async Task Using_what_a_removal_may_not_have_found_is_a_warning()
    {
        string[] findings = await MapSource.FindingsInClassAsync("""
            public void M(string k)
            {
                if (_files.ContainsKey(k))
                {
                    _files.TryRemove(k, out var file);
                    file!.Dispose();
                }
            }
            """);
        Assert.Equal(["LF1002 warning _files.ContainsKey(k)"], findings);
    }

    [Fact]
    public async Task Our_own_maps_and_sets_are_known()
    {
        string[] findings = await MapSource.FindingsAsync("""
            class C
            {
                private readonly LockFree.ShardedMap<string, int> _map = new();
                private readonly LockFree.ShardedSet<string> _set = new();
                public void Count(string k) => _map[k]++;
                public void Once(string k) { if (_set.Contains(k)) return; _set.Add(k); Start(); }
                void Start() { }
            }
            """, """
            namespace LockFree
            {
                public class ShardedMap<TKey, TValue> { public TValue this[TKey key] { get => default!; set { } } }
                public class ShardedSet<T> { public bool Contains(T item) => false; public bool Add(T item) => false; }
            }
            """);
        Assert.Equal(["LF1002 warning _map[k]", "LF1002 warning _set.Contains(k)"], findings);
    }

    [Fact]
    public async Task A_lambda_that_shares_a_local_map_is_looked_at()
    {
        string[] findings = await MapSource.FindingsAsync("""
            class C
            {
                public void M(string[] words)
                {
                    var counts = new ConcurrentDictionary<string, int>();
                    Parallel.ForEach(words, word => counts[word] = counts[word] + 1);
                }
            }
            """);
        Assert.Equal(["LF1002 warning counts[word]"], findings);
    }
}

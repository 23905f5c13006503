using LockFree.Analyzers.ConcurrentMaps;
using LockFree.Analyzers.Tests.GuardedState;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.Tests.ConcurrentMaps;

/// <summary>What LF1002 says of a store after a miss is what may really happen.</summary>
public sealed class StoreAfterMissReasonTests
{
    private const string Page = "sealed class Page { public string Title = \"\"; public Dictionary<string, string> Parts { get; } = new(); }";

    [Theory]
    [InlineData("if (_pages.TryGetValue(k, out var page)) return page; page = new Page(); _pages[k] = page; page.Title = k; return page;",
        "'_pages[k]' and 'page.Title'")]
    [InlineData("if (_pages.TryGetValue(k, out var page)) return page; _pages[k] = page = new Page(); foreach (char c in k) page.Parts[c + \"\"] = k; return page;",
        "'_pages[k]' and 'page.Parts[c + \"\"]'")]
    [InlineData("if (!_pages.TryGetValue(k, out var page)) { page = new Page(); _pages.TryAdd(k, page); page.Parts.Add(k, k); } return page;",
        "'TryAdd' and 'page.Parts.Add'")]
    public async Task A_value_that_is_stored_before_it_is_filled(string body, string places)
    {
        Diagnostic finding = await FindingAsync($"public Page M(string k) {{ {body} }}");

        Assert.Equal(DiagnosticSeverity.Info, finding.Severity);
        Assert.Equal($"Another thread can come between {places}: it finds the value before it is filled; store it when it is complete", finding.GetMessage());
    }

    [Theory]
    [InlineData("if (!_pages.TryGetValue(k, out var page)) { page = new Page(); _pages[k] = page; } page.Title = k; return page;")]
    [InlineData("if (_pages.TryGetValue(k, out var page)) { page.Title = k; return page; } page = new Page(); _pages[k] = page; page.Title = k; return page;")]
    [InlineData("if (_pages.TryGetValue(k, out var page)) return page; page = new Page(); _pages[k] = page; lock (page) page.Title = k; return page;")]
    public async Task A_value_that_others_put_things_into_is_no_matter_of_order(string body)
    {
        Diagnostic finding = await FindingAsync($"public Page M(string k) {{ {body} }}");

        Assert.Equal(DiagnosticSeverity.Warning, finding.Severity);
        Assert.Contains("takes with it what is put into it", finding.GetMessage());
    }

    [Theory]
    [InlineData("if (!_texts.ContainsKey(k)) _texts[k] = given; return k;", "both store a value, and the later one stays; TryAdd stores the first and tells the second")]
    [InlineData("var text = given.Trim(); if (!_texts.ContainsKey(k)) _texts[k] = text; return text;", "both store a value, and the later one stays; TryAdd stores the first and tells the second")]
    [InlineData("if (_texts.TryGetValue(k, out var old)) return old; _texts.TryAdd(k, given); return _texts.TryGetValue(k, out old) ? old : k;", null)]
    [InlineData("if (_texts.ContainsKey(k)) return k; await Task.Delay(1); _texts[k] = given; return k;", null)]
    [InlineData("if (_texts.ContainsKey(k)) return k; _texts[k] = await ReadAsync(k); return k;", "both make a value, and the later one stays; GetOrAdd gives both the same")]
    public async Task A_value_that_is_given_and_not_made(string body, string? consequence)
    {
        Diagnostic[] findings = await FindingsAsync(
            $"public async Task<string> M(string k, string given) {{ {body} }} private static Task<string> ReadAsync(string k) => Task.FromResult(k);");

        Assert.Equal(consequence is null ? [] : [consequence], findings.Select(ConsequenceOf));
    }

    [Theory]
    [InlineData("if (!_lists.ContainsKey(k)) _lists.TryAdd(k, new List<int>()); _lists[k].Add(1);", null)]
    [InlineData("if (_files.TryGetValue(k, out var file)) return; file = System.IO.File.OpenRead(k); _files.TryAdd(k, file); _files[k].Flush();",
        "both make a value, and the one that is not stored is never disposed; ask TryAdd which one that is")]
    [InlineData("if (_files.TryGetValue(k, out var file)) return; file = k == \"\" ? System.IO.File.OpenRead(k) : System.IO.File.Create(k); _files.TryAdd(k, file); _files[k].Flush();",
        "both make a value, and the one that is not stored is never disposed; ask TryAdd which one that is")]
    public async Task A_map_that_is_asked_again_gives_both_the_same(string body, string? consequence) =>
        Assert.Equal(consequence is null ? [] : [consequence], (await FindingsAsync($"public void M(string k) {{ {body} }}")).Select(ConsequenceOf));

    [Fact]
    public async Task Our_own_map_makes_one_disposable_for_two() => Assert.Equal(
        "both make a value, and the one that is not stored is never disposed; GetOrAddOnce makes one",
        ConsequenceOf(await FindingAsync("""
            private readonly LockFree.ShardedMap<string, System.IO.FileStream> _own = new();
            public void M(string k) { if (!_own.ContainsKey(k)) _own.TryAdd(k, System.IO.File.OpenRead(k)); }
            """)));

    [Fact]
    public async Task What_another_member_stores_meanwhile_is_overwritten() => Assert.Equal(
        "what it stores there is overwritten; TryAdd and GetOrAdd leave it",
        ConsequenceOf(await FindingAsync("""
            public void Touch(string k) { if (!_texts.ContainsKey(k)) _texts[k] = k.Trim(); }
            public void Save(string k, string text) => _texts[k] = text;
            """)));

    [Theory]
    [InlineData("public void Save(string k, string text) { if (!_texts.ContainsKey(k)) _texts[k] = text.Trim(); }")]
    [InlineData("public void Save(string k, string text) => _texts[\"last\"] = text;")]
    public async Task A_member_that_asks_or_has_a_key_of_its_own_overwrites_nothing(string other) => Assert.All(
        await FindingsAsync($"public void Touch(string k) {{ if (!_texts.ContainsKey(k)) _texts[k] = k.Trim(); }} {other}"),
        finding => Assert.Equal("both make a value, and the later one stays; GetOrAdd gives both the same", ConsequenceOf(finding)));

    [Fact]
    public async Task A_mark_that_holds_the_place_of_a_value_decides_nothing() => Assert.Empty(await FindingsAsync("""
        public async Task<string> M(string k)
        {
            if (_texts.TryGetValue(k, out var text)) return text;
            _texts.TryAdd(k, null!);
            Begin();
            _texts[k] = await Task.FromResult(k);
            return k;
        }
        private void Begin() { }
        """));

    [Theory]
    [InlineData("AsyncLocal<ConcurrentDictionary<string, int>>")]
    [InlineData("ThreadLocal<ConcurrentDictionary<string, int>>")]
    public async Task A_map_that_each_thread_or_call_has_for_itself(string holder) => Assert.Empty(await FindingsAsync($$"""
        private readonly {{holder}} _own = new();
        public void Count(string k) { var map = _own.Value; if (map == null) return; map[k]++; }
        public void Note(string k) { var map = _own.Value ??= new(); if (!map.ContainsKey(k)) map[k] = k.Length; }
        public void Both(string k) { var map = _own.Value; if (map == null) _own.Value = map = new ConcurrentDictionary<string, int>(); map[k]++; }
        """));

    [Fact]
    public async Task A_local_that_may_hold_a_shared_map_is_looked_at() => Assert.Single(await FindingsAsync("""
        private readonly AsyncLocal<ConcurrentDictionary<string, int>> _own = new();
        private readonly ConcurrentDictionary<string, int> _shared = new();
        public void Count(string k) { var map = _own.Value; if (map == null) map = _shared; map[k]++; }
        """));

    [Theory]
    [InlineData("job.Id = Interlocked.Increment(ref _last);", 0)]
    [InlineData("job.Id = Interlocked.Increment(ref _last); job.Id %= 10;", 1)]
    [InlineData("job.Id = Interlocked.Increment(ref _last); job.Id = 3;", 1)]
    [InlineData("job.Id = 3;", 1)]
    public async Task A_removal_under_a_number_that_the_stored_object_has_drawn(string draw, int findings) => Assert.Equal(findings, (await FindingsAsync($$"""
        public sealed class Job { public int Id { get; set; } public bool IsDone { get; set; } }
        internal static readonly ConcurrentDictionary<int, Job> Jobs = new();
        private static int _last;
        public void Add(Job given) { var job = given; {{draw}} Jobs[job.Id] = job; }
        public void Drop(int id) { if (Jobs.TryGetValue(id, out var job) && job.IsDone) Jobs.TryRemove(id, out _); }
        """)).Length);

    [Fact]
    public async Task An_assertion_with_an_interpolated_message_is_a_check() => Assert.Equal(
        "the key may be gone, and the indexer throws; TryGetValue asks and reads at once",
        ConsequenceOf(await FindingAsync("""
            public void Send(string k) { Assumed.True(_texts.ContainsKey(k), $"Invalid key: {k}."); Send(_texts[k], 3); }
            private static void Send(string text, int times) { }
            private void Gone(string k) => _texts.TryRemove(k, out _);
            static class Assumed
            {
                public static void True(bool condition, [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument("condition")] ref Handler message) { }
                [System.Runtime.CompilerServices.InterpolatedStringHandler]
                public ref struct Handler
                {
                    public Handler(int literalLength, int formattedCount, bool condition, out bool isEnabled) => isEnabled = !condition;
                    public void AppendLiteral(string text) { }
                    public void AppendFormatted<T>(T value) { }
                }
            }
            """)));

    private static async Task<Diagnostic> FindingAsync(string members) => Assert.Single(await FindingsAsync(members));

    private static async Task<Diagnostic[]> FindingsAsync(string members) => [.. await AnalyzedSource.DiagnosticsAsync(new ConcurrentMapAnalyzer(), $$"""
        using System.Collections.Concurrent;
        class C
        {
            private readonly ConcurrentDictionary<string, Page> _pages = new();
            private readonly ConcurrentDictionary<string, List<int>> _lists = new();
            private readonly ConcurrentDictionary<string, System.IO.FileStream> _files = new();
            private readonly ConcurrentDictionary<string, string> _texts = new();
            {{members}}
            public {{Page}}
        }
        """)];

    private static string ConsequenceOf(Diagnostic finding) => finding.GetMessage().Split(": ", 2)[1];
}

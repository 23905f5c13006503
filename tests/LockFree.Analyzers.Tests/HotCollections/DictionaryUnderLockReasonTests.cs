using LockFree.Analyzers.Tests.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Analyzers.Tests.HotCollections;

/// <summary>Of all that could be said of a lock, the finding names what the person has to decide.</summary>
public sealed class DictionaryUnderLockReasonTests
{
    private const string Map = """
        private readonly object _gate = new();
        private readonly Dictionary<string, object?> _map = new();
        public bool Remove(string key) { lock (_gate) return _map.Remove(key); }

        """;

    [Theory]
    [InlineData("if (!_map.TryGetValue(k, out var v)) { v = System.IO.File.ReadAllText(k); if (k.Length > 3) v = k; _map[k] = v; } return v;", "ReadAllText")]
    [InlineData("if (!_map.TryGetValue(k, out var v)) { if (Try(k, out v)) { _map[k] = v; } else { _map[k] = null; } } return v;", "ReadAllText")]
    [InlineData("if (_map.TryGetValue(k, out var v)) return v; if (k.Length > 3) { if (Try(k, out v)) { _map[k] = v; return v; } } _map[k] = null; return null;", "ReadAllText")]
    [InlineData("if (_map.TryGetValue(k, out var v)) return v; if (Try(k, out var a)) { _map[k] = a; return a; } if (Try(k + 1, out var b)) { _map[k] = b; return b; } return _map[k] = null;", "ReadAllText")]
    [InlineData("if (!_map.TryGetValue(k, out var v)) { v = Deep(k, 3); if (k.Length > 3) v = k; _map[k] = v; } return v;", "ReadAllText")]
    public async Task Where_every_miss_stores_the_making_of_the_value_is_to_be_weighed(string body, string maker) => await AssertSaidAsync(
        $$"""
        class C
        {
            {{Map}}
            public object? M(string k) { lock (_gate) { {{body}} } }
            private static bool Try(string k, out object? v) { v = System.IO.File.ReadAllText(k); return k.Length > 3; }
            private static object Deep(string k, int n) { var text = System.IO.File.ReadAllText(k); return n == 0 ? text : Deep(k + text, n - 1); }
        }
        """, $"the value is made by '{maker}' under the lock, once for a key, while all others wait");

    [Theory]
    [InlineData("sealed class Log { public Log(string name) { Registry.Add(name); } }")]
    [InlineData("sealed class Log { private readonly int _number = Registry.Add(\"\"); public Log(string name) { } }")]
    [InlineData("sealed class Log { public Log(string name) : this(name, 1) { } private Log(string name, int n) { Registry.Add(name); } }")]
    [InlineData("class Base { protected Base() { Registry.Add(\"\"); } } sealed class Log : Base { public Log(string name) { } }")]
    public async Task A_constructor_that_calls_something_may_come_back(string log) => await AssertSaidAsync(
        $$"""
        class C
        {
            {{Map}}
            public object? M(string k) { lock (_gate) { if (!_map.TryGetValue(k, out var v)) { v = new Log(k); _map[k] = v; } return v; } }
        }
        static class Registry { public static int Add(string name) => name.Length; }
        {{log}}
        """, "the value is made by 'new Log', whose constructor calls code that may come back to the collection");

    [Fact]
    public async Task A_value_that_is_filled_while_it_is_made_is_not_guarded_later() => await AssertSaidAsync(
        """
        class C
        {
            private readonly Dictionary<string, Dictionary<string, int>?> _parts = new();
            public Dictionary<string, int>? M(string k)
            {
                lock (_parts)
                {
                    if (!_parts.TryGetValue(k, out var found))
                    {
                        if (TryRead(k, out found))
                            _parts[k] = found;
                        else
                            _parts[k] = null;
                    }
                    return found;
                }
            }
            private static bool TryRead(string k, out Dictionary<string, int>? made)
            {
                made = System.IO.File.Exists(k) ? new Dictionary<string, int>() : null;
                if (made != null)
                    made[k] = 1;
                return made != null;
            }
        }
        """, "the value is made by 'Exists' under the lock, once for a key, while all others wait");

    [Fact]
    public async Task A_part_that_is_asked_for_its_answer_does_not_come_back() => await AssertSaidAsync(
        """
        class C
        {
            private readonly Dictionary<string, int> _sizes = new();
            private readonly Shape[] _shapes = [];
            public int M(string k)
            {
                lock (_sizes)
                {
                    if (_sizes.TryGetValue(k, out int size))
                        return size;
                    foreach (var shape in _shapes)
                        size += shape.Measure(k);
                    _sizes[k] = size;
                    return size;
                }
            }
            private abstract class Shape { public abstract int Measure(string k); }
        }
        """, "the value is made by 'Measure' under the lock, once for a key, while all others wait");

    [Theory]
    [InlineData("if (_map.TryGetValue(k, out var v)) return v; if (Try(k, out var a)) { _map[k] = a; return a; } return null;", "it stores only under a further condition")]
    [InlineData("if (_map.TryGetValue(k, out var v)) return v; if (Try(k, out var a)) { if (k.Length > 5) _map[k] = a; return a; } _map[k] = null; return null;", "it stores only under a further condition")]
    [InlineData("if (_map.TryGetValue(k, out var v)) return v; if (k.Length > 5) { if (Try(k, out var a)) { _map[k] = a; return a; } return k; } _map[k] = null; return null;", "it stores only under a further condition")]
    [InlineData("if (!_map.TryGetValue(k, out var v)) { if (Try(k, out v)) { _map[k] = v; } else if (k.Length > 5) { _map[k] = null; } } return v;", "it stores only under a further condition")]
    public async Task Where_some_miss_stores_nothing_that_is_said(string body, string reason) => await AssertSaidAsync(
        $$"""
        class C
        {
            {{Map}}
            public object? M(string k) { lock (_gate) { {{body}} } }
            private static bool Try(string k, out object? v) { v = System.IO.File.ReadAllText(k); return k.Length > 3; }
        }
        """, reason);

    [Fact]
    public async Task A_helper_that_comes_back_to_the_function_under_the_lock_comes_back_to_the_collection() => await AssertSaidAsync(
        $$"""
        class C
        {
            {{Map}}
            public object? M(string k) { lock (_gate) { if (_map.TryGetValue(k, out var v)) return v; v = Part(k); _map[k] = v; return v; } }
            private object? Part(string k) => k.Length > 3 ? M(k.Substring(1)) : k;
        }
        """, "which may come back to the collection");

    [Theory]
    [InlineData("new Handlers(_services)", "'new Handlers' with '_services', which runs code of others that may come back to the collection")]
    [InlineData("_services.GetService(typeof(string))", "'GetService' with '_services', which runs code of others that may come back to the collection")]
    public async Task A_container_may_come_back_to_the_collection(string made, string reason) => await AssertSaidAsync(
        $$"""
        class Handlers(IServiceProvider services) { public object? First { get; } = services.GetService(typeof(string)); }
        class C(IServiceProvider services)
        {
            private readonly IServiceProvider _services = services;
            {{Map}}
            public object? M(string k) { lock (_gate) { if (!_map.TryGetValue(k, out var v)) { _map[k] = v = {{made}}; } return v; } }
        }
        """, reason);

    [Fact]
    public async Task A_lazy_value_that_is_asked_for_runs_its_factory_under_the_lock() => await AssertSaidAsync(
        """
        class C
        {
            private readonly Dictionary<string, Lazy<string>> _map = new();
            public string M(string k)
            {
                Lazy<string> made;
                lock (_map)
                {
                    if (_map.TryGetValue(k, out var found))
                        return found.Value;
                    made = new Lazy<string>(() => System.IO.File.ReadAllText(k));
                    _map[k] = made;
                }
                return made.Value;
            }
        }
        """, "'found.Value' runs code of others under the lock");

    [Fact]
    public async Task A_removal_that_looks_at_the_value_depends_on_it() => await AssertSaidAsync(
        $$"""class C { {{Map}} public void M(string k, object v) { lock (_gate) { if (_map.TryGetValue(k, out var found) && ReferenceEquals(found, v)) _map.Remove(k); } } }""",
        "whether it removes depends on the value found");

    [Fact]
    public async Task What_a_value_answers_says_less_than_what_else_is_done() => await AssertSaidAsync(
        """
        class Mapper { public virtual string Map(string text) => text; }
        class Sender { public void Send(string text) => System.IO.File.AppendAllText("sent", text); }
        class C(Mapper mapper, Sender sender)
        {
            private readonly Dictionary<string, string> _pending = new();
            public void Add(string k) { lock (_pending) { _pending[k] = mapper.Map(k); } }
            public void Flush()
            {
                lock (_pending)
                {
                    var all = _pending.Values.ToArray();
                    _pending.Clear();
                    foreach (var text in all)
                        sender.Send(text);
                }
            }
        }
        """, "'Send' is called under the lock");

    [Fact]
    public async Task A_lock_that_others_can_see_says_more_than_a_call() => await AssertSaidAsync(
        """
        public class Entry { public Entry Copy() => new(); }
        public class C
        {
            public readonly object Gate = new();
            private readonly Dictionary<string, Entry> _map = new();
            public void Add(string k, Entry entry) { lock (Gate) { _map[k] = entry.Copy(); } }
            public bool Remove(string k) { lock (Gate) { return _map.Remove(k); } }
        }
        """, "code elsewhere can see 'Gate'");

    [Fact]
    public async Task A_search_for_a_free_key_is_named() => await AssertSaidAsync(
        """
        class Trade { public decimal Profit { get; set; } }
        class C
        {
            private readonly Dictionary<DateTime, Trade> _trades = new();
            public decimal Total() { lock (_trades) { return _trades.Values.Sum(trade => trade.Profit); } }
            public void Add(DateTime time, decimal profit)
            {
                lock (_trades)
                {
                    while (_trades.ContainsKey(time))
                        time = time.AddTicks(1);
                    _trades.Add(time, new Trade { Profit = profit });
                }
            }
        }
        """, "a loop looks for a free key before it is taken");

    [Fact]
    public async Task Handlers_and_a_timer_that_follow_the_entries_are_named_together() => await AssertSaidAsync(
        """
        class Socket { public event EventHandler? Closed; public void Close() => Closed?.Invoke(this, EventArgs.Empty); }
        class C
        {
            private readonly object _gate = new();
            private readonly HashSet<Socket> _sockets = new();
            private readonly System.Timers.Timer _timer = new();
            public void Add(Socket socket) { lock (_gate) { if (!_sockets.Add(socket)) return; socket.Closed += OnClosed; _timer.Start(); } }
            public void Remove(Socket socket) { lock (_gate) { if (_sockets.Remove(socket)) socket.Closed -= OnClosed; } }
            private void OnClosed(object? sender, EventArgs e) => Remove((Socket)sender!);
        }
        """, "the lock keeps 'socket.Closed' and '_timer.Start' in step with it");

    [Theory]
    [InlineData("public List<object?> M() { lock (_gate) { var all = new List<object?>(_map.Count); foreach (var v in _map.Values) all.Add(v); return all; } }")]
    [InlineData("public void M(string k, object? on) { lock (_gate) { if (on != null && _map.TryGetValue(k, out on)) _map.Remove(k); } }")]
    [InlineData("public void M(string k) { lock (_gate) { _map[k] = Bytes.From(k); } }")]
    [InlineData("public void M(string k, IAlgorithm on) { lock (_gate) { if (_map.Remove(k)) on.Debug(k); } }")]
    public async Task Room_for_a_copy_a_conversion_and_a_message_are_no_obstacles(string member) => Assert.Equal(
        ["LF1001 warning _map"],
        await AnalyzedSource.FindingsAsync(
            $$"""class C { {{Map}} {{member}} }""",
            "interface IAlgorithm { void Debug(string message); void Error(string message); }",
            "readonly struct Bytes { private readonly string _text; private Bytes(string text) => _text = text; public static Bytes From(string text) => new(text); }"));

    [Theory]
    [InlineData("public static Ticket From(string text) => new(++s_next);")]
    [InlineData("public static Ticket From(string text) { Console.WriteLine(text); return new(1); }")]
    [InlineData("public static Ticket FromNext() => new(++s_next);")]
    public async Task A_conversion_by_name_that_does_more_is_a_call_like_any_other(string from) => Assert.Equal(
        ["LF1001 info _map"],
        await AnalyzedSource.FindingsAsync(
            $$"""class C { {{Map}} public void M(string k) { lock (_gate) { _map[k] = Ticket.{{(from.Contains("Next()", StringComparison.Ordinal) ? "FromNext()" : "From(k)")}}; } } }""",
            $$"""readonly struct Ticket { private static int s_next; private readonly int _number; private Ticket(int number) => _number = number; {{from}} }"""));

    [Fact]
    public async Task Debug_of_an_object_that_writes_no_messages_is_a_call_like_any_other() => await AssertSaidAsync(
        $$"""
        class C { {{Map}} public void M(string k, Machine on) { lock (_gate) { if (_map.Remove(k)) on.Debug(k); } } }
        abstract class Machine { public abstract void Debug(string program); }
        """, "'Debug' is called under the lock");

    [Theory]
    [InlineData("var k = $\"{a} {b}\"; if (_seen.Add(k)) Console.WriteLine(k);", true)]
    [InlineData("if (_seen.Add(\"a\")) Console.WriteLine(a);", true)]
    [InlineData("var k = $\"{a}\"; if (b != null) k = b; _seen.Add(k);", false)]
    [InlineData("_seen.Add(a);", false)]
    [InlineData("if (a is var n) _seen.Add(n);", false)]
    [InlineData("foreach (var n in new[] { a, b }) _seen.Add(n);", false)]
    public async Task A_set_that_only_gets_what_is_made_on_the_spot_holds_no_null(string body, bool isExact) => Assert.Equal(
        [isExact ? "LF1001 warning _seen" : "LF1001 info _seen"],
        await AnalyzedSource.FindingsAsync(
            $$"""
            #nullable disable
            class C { private readonly HashSet<string> _seen = new HashSet<string>(); public void M(string a, string b) { lock (_seen) { {{body}} } } }
            """));

    [Fact]
    public async Task A_semaphore_that_lets_handlers_through_one_by_one_is_left_alone()
    {
        const string Source = """
            class C(Func<Task> handler)
            {
                private readonly SemaphoreSlim _turn = new(1, 1);
                private readonly HashSet<string> _stopped = new();
                public async Task Changed(string name)
                {
                    await _turn.WaitAsync();
                    try { if (!_stopped.Add(name)) _stopped.Remove(name); await handler(); }
                    finally { _turn.Release(); }
                }
                OTHER
            }
            """;
        Assert.Equal(["LF1001 info _stopped"], await AnalyzedSource.FindingsAsync(Source.Replace("OTHER", "")));
        Assert.Empty(await AnalyzedSource.FindingsAsync(Source.Replace(
            "OTHER", "public async Task Came() { await _turn.WaitAsync(); try { await handler(); } finally { _turn.Release(); } }")));
    }

    [Fact]
    public async Task An_object_of_a_type_that_is_not_referenced_may_be_guarded_too()
    {
        CSharpCompilation compilation = AnalyzedSource.Compile("""
            class C
            {
                private readonly object _gate = new();
                private readonly Dictionary<string, int> _applied = new();
                private readonly Unknown<string> _shared = new();
                public void Apply(string k) { lock (_gate) { _shared.Merge(k); _applied[k] = 1; } }
                public bool Forget(string k) { lock (_gate) { return _applied.Remove(k); } }
            }
            """);
        Assert.Empty((await AnalyzedSource.AnalyzeAsync(compilation)).Where(finding => finding.Id == "LF1001"));
    }

    [Fact]
    public async Task Without_a_concurrent_map_to_advise_nothing_is_said()
    {
        CSharpCompilation with = AnalyzedSource.Compile($$"""class C { {{Map}} }""").RemoveReferences(AnalyzedSource.Runtime);
        Assert.Single(await AnalyzedSource.AnalyzeAsync(with));

        MetadataReference concurrent = with.References.Single(reference => Path.GetFileName(reference.Display) == "System.Collections.Concurrent.dll");
        Assert.Empty(await AnalyzedSource.AnalyzeAsync(with.RemoveReferences(concurrent)));
    }

    private static async Task AssertSaidAsync(string source, string reason)
    {
        Diagnostic finding = Assert.Single(await AnalyzedSource.DiagnosticsAsync(source), finding => finding.Id == "LF1001");
        Assert.Equal(DiagnosticSeverity.Info, finding.Severity);
        Assert.EndsWith(reason, finding.GetMessage(), StringComparison.Ordinal);
    }
}

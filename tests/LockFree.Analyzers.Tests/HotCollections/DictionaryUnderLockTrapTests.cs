using LockFree.Analyzers.Tests.GuardedState;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.Tests.HotCollections;

/// <summary>Code that looks like a dictionary of its own lock and is not: each must give silence, or be left to a person, and say why.</summary>
public sealed class DictionaryUnderLockTrapTests
{
    [Theory]
    [InlineData("foreach (var k in keys) _map[k] = 1;")]
    [InlineData("for (int i = 0; i < keys.Length; i++) _map.Remove(keys[i]);")]
    [InlineData("Array.ForEach(keys, k => _map[k] = 1);")]
    [InlineData("_map[keys[0]] = keys.Count(k => _map.ContainsKey(k));")]
    public async Task An_operation_in_a_loop_inside_the_lock_is_a_batch(string body) => await AssertLeftToPersonAsync(
        $$"""class C { {{Fields}} public void M(string[] keys) { lock (_gate) { {{body}} } } }""", "a loop inside the lock makes several operations one");

    [Theory]
    [InlineData("if (!_lists.TryGetValue(k, out var list)) _lists[k] = list = new List<int>(); list.Add(1);", "Add")]
    [InlineData("_lists[k].Clear();", "Clear")]
    [InlineData("if (_lists.TryGetValue(k, out var list)) { var same = list; same.Add(1); }", "Add")]
    [InlineData("foreach (var list in _lists.Values) list.Add(1);", "Add")]
    public async Task The_state_of_the_values_is_guarded_by_the_same_lock(string body, string reason) => await AssertLeftToPersonAsync(
        $$"""class C { private readonly Dictionary<string, List<int>> _lists = new(); public void M(string k) { lock (_lists) { {{body}} } } public void N(string k) { lock (_lists) _lists.Remove(k); } }""", reason);

    [Fact]
    public async Task Mutable_state_of_the_values_is_read_under_the_lock() => await AssertLeftToPersonAsync("""
        class Entry { public int Hits; }
        class C
        {
            private readonly Dictionary<string, Entry> _entries = new();
            public int Hits(string k) { lock (_entries) { return _entries.TryGetValue(k, out var entry) ? entry.Hits : 0; } }
            public void Set(string k, Entry entry) { lock (_entries) _entries[k] = entry; }
        }
        """, "the lock guards the values too (reads Hits)");

    [Fact]
    public async Task The_values_are_written_elsewhere_under_the_same_lock() => await AssertLeftToPersonAsync("""
        class Entry { public int Hits; }
        class C
        {
            private readonly object _gate = new();
            private readonly Dictionary<string, Entry> _entries = new();
            public Entry? Get(string k) { lock (_gate) return _entries.GetValueOrDefault(k); }
            public void Set(string k, Entry entry) { lock (_gate) _entries[k] = entry; }
            public void Hit(Entry entry) { lock (_gate) entry.Hits++; }
        }
        """, "the lock guards the values too");

    [Theory]
    [InlineData("public void M(Action<int> then) { lock (_gate) { then(_map.Count); } }", "runs code of others under the lock")]
    [InlineData("public event Action? Changed; public void M(string k) { lock (_gate) { _map[k] = 1; Changed?.Invoke(); } }", "runs code of others under the lock")]
    [InlineData("public void M(Action<string> then) { lock (_gate) { foreach (var k in _map.Keys) then(k); } }", "the loop over it has effects")]
    public async Task A_closure_run_under_the_lock(string member, string reason) => await AssertLeftToPersonAsync($$"""class C { {{Fields}} {{member}} }""", reason);

    [Theory]
    [InlineData("public int M(string k) { lock (_gate) { var map = _map; return map.Count; } }", "'map' is another name of it")]
    [InlineData("public int M() { lock (_gate) return Size(_map); } private static int Size(Dictionary<string, int> all) => all.Count;", "'all' is another name of it")]
    [InlineData("public void M() { lock (_gate) Wipe(_map); } private static void Wipe(ICollection<KeyValuePair<string, int>> all) => all.Clear();", "'all' is another name of it")]
    public async Task A_field_with_another_name_is_left_to_a_person(string member, string reason) =>
        await AssertLeftToPersonAsync($$"""class C { {{Fields}} {{member}} }""", reason);

    [Fact]
    public async Task What_a_constructor_starts_runs_on_beside_other_threads() => await AssertSilentAsync("""
        class Sink
        {
            private readonly object _gate = new();
            private readonly Dictionary<string, int> _pending = new();
            private readonly Dictionary<string, int> _names = new();
            public Sink() { _ = PumpAsync(); }
            public void Set(string k) { lock (_gate) _pending[k] = 1; }
            public void Name(string k) { lock (_gate) _names[k] = 1; }
            private async Task PumpAsync() { while (true) { await Task.Yield(); await ApplyAsync(); } }
            private async Task ApplyAsync() { int n; lock (_gate) { n = _pending.Count + _names.Count; _pending.Clear(); _names.Clear(); } await Task.Delay(n); }
        }
        """);

    [Theory]
    [InlineData("public C(string k) { s_map[k] = 1; }")]
    [InlineData("private readonly int _id = s_map.Count;")]
    public async Task A_static_field_is_shared_already_when_an_instance_is_made(string member) => await AssertSilentAsync($$"""
        class C
        {
            private static readonly object s_gate = new();
            private static readonly Dictionary<string, int> s_map = new();
            {{member}}
            public static void Set(string k) { lock (s_gate) s_map[k] = 1; }
        }
        """);

    [Fact]
    public async Task Another_instance_is_shared_already_when_a_copy_is_made() => await AssertSilentAsync($$"""
        class C { {{Fields}} public C(C other) { foreach (var (k, v) in other._map) _map[k] = v; } }
        """);

    [Fact]
    public async Task A_set_that_may_hold_null_is_left_to_a_person_where_annotations_are_off() => await AssertLeftToPersonAsync("""
        #nullable disable
        class C { private readonly HashSet<string> _names = new(); public bool M(string k) { lock (_names) return _names.Add(k); } }
        """, "it may hold null");

    [Fact]
    public async Task A_flag_tested_in_the_region_of_an_add_belongs_to_the_invariant() => await AssertSilentAsync($$"""
        class C
        {
            {{Fields}}
            private bool _disposed;
            public void M(string k) { lock (_gate) { if (_disposed) throw new ObjectDisposedException(k); _map[k] = 1; } }
            public void Dispose() { lock (_gate) { _disposed = true; } }
        }
        """);

    [Fact]
    public async Task A_flag_written_without_the_lock_belongs_to_the_invariant_too() => await AssertSilentAsync($$"""
        class C
        {
            {{Fields}}
            private volatile bool _disposed;
            public void M(string k) { lock (_gate) { if (_disposed) return; _map[k] = 1; } }
            public void Dispose() { _disposed = true; }
        }
        """);

    [Fact]
    public async Task A_counter_kept_beside_the_map_belongs_to_the_invariant() => await AssertSilentAsync(
        $$"""class C { {{Fields}} private int _version; public void M(string k) { lock (_gate) { _map[k] = 1; _version++; } } }""");

    [Fact]
    public async Task Own_types_named_like_locks_are_no_locks() => await AssertSilentAsync("""
        namespace Own { class ReaderWriterLockSlim { public void EnterWriteLock() { } public void ExitWriteLock() { } } }
        class C
        {
            private readonly Dictionary<string, int> _map = new();
            private readonly Own.ReaderWriterLockSlim _lock = new();
            public void M(string k) { _lock.EnterWriteLock(); try { _map[k] = 1; } finally { _lock.ExitWriteLock(); } }
        }
        """);

    [Fact]
    public async Task A_write_under_a_read_lock() => await AssertLeftToPersonAsync("""
        class C
        {
            private readonly Dictionary<string, int> _map = new();
            private readonly ReaderWriterLockSlim _lock = new();
            public bool M(string k) { _lock.EnterReadLock(); try { return _map.Remove(k); } finally { _lock.ExitReadLock(); } }
            public void N(string k) { _lock.EnterWriteLock(); try { _map[k] = 1; } finally { _lock.ExitWriteLock(); } }
        }
        """, "it is written under a read lock");

    [Fact]
    public async Task A_lock_taken_in_one_method_and_released_in_another() => await AssertSilentAsync("""
        class C
        {
            private readonly Dictionary<string, int> _map = new();
            private readonly object _gate = new();
            public void Begin() { Monitor.Enter(_gate); }
            public void Set(string k) { _map[k] = 1; }
            public void End() { Monitor.Exit(_gate); }
        }
        """);

    [Theory]
    [InlineData("_probe.Name = k; if (!_map.TryGetValue(_probe, out var v)) { v = new object(); _map[new Key { Name = k }] = v; } return v;")]
    [InlineData("_probe.Name = k; if (!_map.TryGetValue(_probe, out var v)) { v = new object(); _map[_probe] = v; } return v;")]
    [InlineData("var key = new Key { Name = k }; if (!_map.TryGetValue(key, out var v)) { v = new object(); key = new Key(); _map[key] = v; } return v;")]
    public async Task A_mutable_probe_key_is_reused(string body)
    {
        string[] findings = await AnalyzedSource.FindingsAsync($$"""
            class Key { public string? Name; }
            class C
            {
                private readonly Dictionary<Key, object> _map = new();
                private readonly Key _probe = new();
                public object M(string k) { lock (_map) { {{body}} } }
            }
            """);
        Assert.DoesNotContain("LF1001 warning _map", findings);
    }

    [Theory]
    [InlineData("if (!_map.TryGetValue(k, out var v) || v == null) { v = Make(k); _map[k] = v; } return v;")]
    [InlineData("return _map.GetValueOrDefault(k) ?? (_map[k] = Make(k));")]
    [InlineData("_map.TryGetValue(k, out var v); if (v is null) { v = Make(k); _map[k] = v; } return v;")]
    public async Task Null_is_stored_on_purpose_and_counts_as_missing(string body) => await AssertLeftToPersonAsync($$"""
        class C
        {
            private readonly Dictionary<string, string?> _map = new();
            public string? M(string k) { lock (_map) { {{body}} } }
            private static string? Make(string k) => k.Length > 1 ? k : null;
        }
        """, "a null value counts as missing");

    [Fact]
    public async Task Single_flight_under_a_semaphore_with_an_await_inside() => await AssertLeftToPersonAsync("""
        class C
        {
            private readonly Dictionary<string, string> _map = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            public async Task<string> M(string k)
            {
                await _gate.WaitAsync();
                try
                {
                    if (_map.TryGetValue(k, out var v)) return v;
                    v = await System.IO.File.ReadAllTextAsync(k);
                    _map[k] = v;
                    return v;
                }
                finally { _gate.Release(); }
            }
        }
        """, "held across an await");

    [Fact]
    public async Task The_order_of_a_list_matters() => await AssertSilentAsync("""
        class C
        {
            private readonly List<string> _list = new();
            public void M(string k) { lock (_list) _list.Add(k); }
        }
        """);

    [Fact]
    public async Task Returns_and_breaks_inside_the_region_do_not_matter() => Assert.Equal(["LF1001 warning _map"], await AnalyzedSource.FindingsAsync($$"""
        class C
        {
            {{Fields}}
            public int M(string[] keys)
            {
                foreach (var k in keys)
                {
                    lock (_gate)
                    {
                        if (k.Length == 0) break;
                        if (k.Length == 1) continue;
                        if (_map.TryGetValue(k, out int v)) return v;
                    }
                }
                return 0;
            }
        }
        """));

    [Theory]
    [InlineData("if (_map.TryAdd(k, 1)) _timer.Change(1, 1);")]
    [InlineData("_map.Add(k, 1); _timer.Change(1, 1);")]
    [InlineData("if (_map.Remove(k)) Console.Out.Flush();")]
    public async Task A_side_effect_tied_to_membership(string body) => await AssertLeftToPersonAsync(
        $$"""class C { {{Fields}} private readonly Timer _timer = new(_ => { }); public void M(string k) { lock (_gate) { {{body}} } } }""", "is called under the lock");

    [Theory]
    [InlineData("public Dictionary<string, int> All => _map;")]
    [InlineData("public IEnumerable<string> All() { lock (_gate) return _map.Keys; }")]
    [InlineData("public IEnumerable<string> All() { lock (_gate) return _map.Keys.Where(k => k.Length > 1); }")]
    [InlineData("public void Give(List<Dictionary<string, int>> all) { lock (_gate) all.Add(_map); }")]
    [InlineData("public void Ref() { lock (_gate) Fill(ref _other); } private Dictionary<string, int> _other = new(); static void Fill(ref Dictionary<string, int> d) { }", "LF1001 warning _map")]
    [InlineData("public object? Look() => typeof(C).GetField(\"_map\", System.Reflection.BindingFlags.NonPublic)?.GetValue(this);")]
    [InlineData("public object? Look() => typeof(C).GetField(nameof(_map), System.Reflection.BindingFlags.NonPublic)?.GetValue(this);")]
    [InlineData("public int Peek() => _map.Count;")]
    [InlineData("public Func<int> Later() { lock (_gate) return () => _map.Count; }")]
    [InlineData("public IEnumerable<int> Lazy() { lock (_gate) { } foreach (var p in _map) yield return p.Value; }")]
    [InlineData("class Nested { public int Peek(C c) => c._map.Count; }")]
    public async Task A_field_that_is_seen_without_the_lock(string member, params string[] expected) =>
        Assert.Equal(expected, await AnalyzedSource.FindingsAsync($$"""class C { {{Fields.Replace("readonly Dict", "Dict")}} {{member}} }"""));

    [Theory]
    [InlineData("[System.Runtime.Serialization.DataMember] private readonly Dictionary<string, int> _map = new();")]
    [InlineData("[ThreadStatic] private static Dictionary<string, int> _map = new();")]
    [InlineData("internal readonly Dictionary<string, int> _map = new();")]
    [InlineData("protected readonly Dictionary<string, int> _map = new();")]
    public async Task A_field_that_others_may_use(string field) => await AssertSilentAsync(
        $$"""public class C { private static readonly object Gate = new(); {{field}} public void M(string k) { lock (Gate) _map.Remove(k); } }""");

    [Theory]
    [InlineData("public C(Dictionary<string, int> map) { _map = map; }")]
    [InlineData("public void Load(Dictionary<string, int> map) { lock (_gate) { _map = map; } }")]
    public async Task A_collection_created_elsewhere(string member) => await AssertSilentAsync(
        $$"""class C { {{Fields.Replace("readonly Dict", "Dict")}} {{member}} }""");

    [Fact]
    public async Task Another_part_of_the_type_uses_the_field_without_the_lock() => Assert.Empty(await AnalyzedSource.FindingsAsync(
        $$"""partial class C { {{Fields}} }""", "partial class C { public int Peek() => _map.Count; }"));

    [Fact]
    public async Task All_parts_of_the_type_use_the_lock() => Assert.Equal(["LF1001 warning _map"], await AnalyzedSource.FindingsAsync(
        $$"""partial class C { {{Fields}} }""", "partial class C { public int Peek() { lock (_gate) return _map.Count; } }"));

    [Fact]
    public async Task A_comparer_is_no_obstacle() => Assert.Equal(["LF1001 warning _map"], await AnalyzedSource.FindingsAsync("""
        class C
        {
            private readonly Dictionary<string, int> _map = new(16, StringComparer.OrdinalIgnoreCase);
            public void M(string k) { lock (_map) _map[k] = 1; }
        }
        """));

    [Theory]
    [InlineData("SortedDictionary<int, string>", "_map.Remove(1);", "LF1001 warning _map")]
    [InlineData("SortedDictionary<int, string>", "_map.Values.ToArray();", "LF1001 info _map")]
    [InlineData("SortedDictionary<string, string>", "_map.Remove(\"\");", "LF1001 info _map")]
    public async Task Callers_may_rely_on_the_order_of_a_sorted_map(string type, string use, string expected) => Assert.Equal([expected], await AnalyzedSource.FindingsAsync(
        $$"""class C { private readonly {{type}} _map = new(); public void M() { lock (_map) { {{use}} } } public void Clear() { lock (_map) _map.Clear(); } }"""));

    [Theory]
    [InlineData("private readonly object _gate; public C(object gate) { _gate = gate; }", "is shared with other code")]
    [InlineData("private readonly object _gate = new(); public object Gate => _gate;", "is shared with other code")]
    [InlineData("private readonly object _gate = new(); public D Make() => new D(_gate);", "is shared with other code")]
    [InlineData("protected readonly object _gate = new();", "code elsewhere can see '_gate'")]
    public async Task A_lock_shared_with_others_may_guard_more(string member, string reason) => await AssertLeftToPersonAsync($$"""
        public class D { public D(object gate) { } }
        public class C { {{member}} private readonly Dictionary<string, int> _map = new(); public void M(string k) { lock (_gate) _map.Remove(k); } }
        """, reason);

    [Theory]
    [InlineData("this")]
    [InlineData("typeof(C)")]
    public async Task A_lock_everybody_can_take_may_guard_more(string gate) => await AssertLeftToPersonAsync(
        $$"""public class C { private readonly Dictionary<string, int> _map = new(); public void M(string k) { lock ({{gate}}) _map.Remove(k); } }""", "code elsewhere can lock");

    [Fact]
    public async Task An_instances_lock_does_not_guard_a_static_field() => await AssertSilentAsync("""
        class C
        {
            private static readonly Dictionary<string, int> Map = new();
            private readonly object _gate = new();
            public void M(string k) { lock (_gate) Map.Remove(k); }
        }
        """);

    [Fact]
    public async Task A_static_lock_guards_an_instance_field() => Assert.Equal(["LF1001 warning _map"], await AnalyzedSource.FindingsAsync("""
        class C
        {
            private static readonly object Gate = new();
            private readonly Dictionary<string, int> _map = new();
            public void M(string k) { lock (Gate) _map.Remove(k); }
        }
        """));

    [Fact]
    public async Task This_objects_lock_does_not_guard_another_objects_field() => await AssertSilentAsync(
        $$"""class C { {{Fields}} public void Merge(C other) { lock (_gate) { other._map.Clear(); } } }""");

    [Fact]
    public async Task Another_objects_own_lock_guards_its_field() => Assert.Equal(["LF1001 warning _map"], await AnalyzedSource.FindingsAsync(
        $$"""class C { {{Fields}} public void Merge(C other) { lock (other._gate) { other._map.Clear(); } } }"""));

    [Theory]
    [InlineData("public void N(string k) { _gate = new object(); }")]
    [InlineData("public void N(string k) { (_gate, _) = (new object(), 1); }")]
    public async Task A_lock_that_is_reassigned_guards_nothing(string member) => await AssertSilentAsync(
        $$"""class C { {{Fields.Replace("readonly object", "object")}} {{member}} }""");

    [Fact]
    public async Task A_lock_that_threads_wait_on_signals_more_than_the_map() => await AssertSilentAsync(
        $$"""class C { {{Fields}} public void Wait() { lock (_gate) { while (_map.Count == 0) Monitor.Wait(_gate); } } }""");

    [Fact]
    public async Task Different_locks_guard_nothing() => await AssertSilentAsync(
        $$"""class C { {{Fields}} private readonly object _other = new(); public void N(string k) { lock (_other) _map[k] = 1; } }""");

    [Fact]
    public async Task A_lock_object_made_on_the_spot_guards_nothing() => await AssertSilentAsync(
        """class C { private readonly Dictionary<string, int> _map = new(); public void N(string k) { lock (new object()) _map[k] = 1; } }""");

    [Fact]
    public async Task A_map_that_is_only_read_after_construction_is_no_shared_state() => await AssertSilentAsync(
        """class C { private readonly Dictionary<string, int> _map = new() { ["a"] = 1 }; public bool N(string k) { lock (_map) return _map.ContainsKey(k); } }""");

    [Fact]
    public async Task A_second_lock_inside_the_region() => await AssertLeftToPersonAsync(
        $$"""class C { {{Fields}} private readonly object _other = new(); public void N(string k) { lock (_gate) { lock (_other) { } _map[k] = 1; } } }""", "another lock, '_other', is taken inside");

    private const string Fields = """
        private readonly object _gate = new();
        private readonly Dictionary<string, int> _map = new();
        public bool Remove(string key) { lock (_gate) return _map.Remove(key); }

        """;

    [Theory]
    [InlineData("_timer.Change(1, 1);", "'Change' is called under the lock")]
    [InlineData("AppDomain.CurrentDomain.ProcessExit += Ended;", "'AppDomain.CurrentDomain.ProcessExit' is subscribed to under the lock")]
    [InlineData("AppDomain.CurrentDomain.ProcessExit -= Ended;", "'AppDomain.CurrentDomain.ProcessExit' is unsubscribed from under the lock")]
    public async Task What_else_happens_under_the_lock_says_more_than_the_number_of_operations(string effect, string reason)
    {
        Diagnostic finding = Assert.Single(await AnalyzedSource.DiagnosticsAsync($$"""
            class C
            {
                private readonly object _gate = new();
                private readonly Dictionary<string, int> _map = new();
                private readonly Timer _timer = new(_ => { });
                public void M(string k) { lock (_gate) { if (_map.Count > 9) _map.Clear(); _map[k] = 1; {{effect}} } }
                private static void Ended(object? sender, EventArgs e) { }
            }
            """));
        Assert.Equal(
            $"'_map' is only ever used under the lock '_gate', under which more happens: a ShardedMap may do without the lock, but decide first, because {reason}",
            finding.GetMessage());
    }

    [Theory]
    [InlineData("private readonly Journal _journal = new();", "_journal.Note(k);", "public int N() { lock (_gate) return _journal.Count; }", 0)]
    [InlineData("private readonly Journal _journal; public C() { _journal = new(); }", "_journal.Note(k);", "", 0)]
    [InlineData("private readonly Journal _journal = new();", "_journal.Note(k);", "public int N() => _journal.Count;", 1)]
    [InlineData("private readonly Journal _journal = new();", "_journal.Note(k);", "public Journal N() { lock (_gate) return _journal; }", 1)]
    [InlineData("private readonly Journal _journal; public C(Journal journal) { _journal = journal; }", "_journal.Note(k);", "", 1)]
    [InlineData("private readonly Journal _journal = new(); private readonly object _other = new();", "_journal.Note(k);", "public int N() { lock (_other) return _journal.Count; }", 1)]
    [InlineData("private readonly Random _journal = new();", "_journal.Next();", "", 1)]
    public async Task An_object_called_only_under_the_lock_is_guarded_too(string field, string use, string other, int findings) =>
        Assert.Equal(findings, (await AnalyzedSource.FindingsAsync($$"""
            class Journal { public int Count; public void Note(string text) => Count += text.Length; }
            class C
            {
                private readonly object _gate = new();
                private readonly Dictionary<string, int> _map = new();
                {{field}}
                public void M(string k) { lock (_gate) { _map[k] = 1; {{use}} } }
                {{other}}
            }
            """)).Count(finding => finding.StartsWith("LF1001", StringComparison.Ordinal)));

    private static async Task AssertSilentAsync(string source) => Assert.Empty(await AnalyzedSource.FindingsAsync(source));

    private static async Task AssertLeftToPersonAsync(string source, string reason)
    {
        Diagnostic finding = Assert.Single(await AnalyzedSource.DiagnosticsAsync(source));
        Assert.Equal("LF1001", finding.Id);
        Assert.Equal(DiagnosticSeverity.Info, finding.Severity);
        Assert.Contains(reason, finding.GetMessage(), StringComparison.Ordinal);
    }
}

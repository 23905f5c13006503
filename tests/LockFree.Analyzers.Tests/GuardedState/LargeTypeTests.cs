using LockFree.Analyzers.ConcurrentMaps;
using LockFree.Analyzers.Downcasts;
using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.ReadMostly;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.Analyzers.Tests.GuardedState;

/// <summary>Generated code may have 10,000 fields in one type, 5,000 regions of one lock, and 50,000 lines in one file.</summary>
public sealed class LargeTypeTests
{
    private const int Fields = 10_000;
    private const int Regions = 5_000;
    private const string Gate = "private readonly object _gate = new();";

    [Fact]
    public async Task Ten_thousand_dictionaries_under_one_lock() => Assert.Equal(Fields, await CountAsync("LF1001", LargeSource.Class(Gate, Fields, i =>
        $"private readonly Dictionary<int, int> _map{i} = new(); public void M{i}() {{ lock (_gate) _map{i}.Clear(); }}")));

    [Fact]
    public async Task Ten_thousand_dictionaries_each_under_its_own_lock() => Assert.Equal(Fields, await CountAsync("LF1001", LargeSource.Class("", Fields, i =>
        $"private readonly object _gate{i} = new(); private readonly Dictionary<int, int> _map{i} = new(); public void M{i}() {{ lock (_gate{i}) _map{i}.Clear(); }}")));

    [Fact]
    public async Task Ten_thousand_single_values_under_one_lock() => Assert.Equal(Fields, await CountAsync("LF2001", LargeSource.Class(Gate, Fields, i =>
        $"private int _f{i}; public int G{i}() {{ lock (_gate) return _f{i}; }} public void S{i}(int v) {{ lock (_gate) _f{i} = v; }}")));

    [Fact]
    public async Task Ten_thousand_single_values_each_under_its_own_lock() => Assert.Equal(Fields, await CountAsync("LF2001", LargeSource.Class("", Fields, i =>
        $"private readonly object _gate{i} = new(); private int _f{i}; "
        + $"public int G{i}() {{ lock (_gate{i}) return _f{i}; }} public void S{i}(int v) {{ lock (_gate{i}) _f{i} = v; }}")));

    [Fact]
    public async Task Ten_thousand_fields_read_in_one_method_are_one_snapshot() => Assert.Equal(1, await CountAsync("LF2005", LargeSource.Class(
        Gate, Fields, i => $"private long _f{i}; public void S{i}(long v) {{ lock (_gate) _f{i} = v; }}",
        $"public long Sum() {{ long sum = 0;\n{LargeSource.Lines(Fields, i => $"sum += _f{i};")}\nreturn sum; }}")));

    [Fact]
    public async Task Ten_thousand_double_checks() => Assert.Equal(Fields, await CountAsync("LF2005", LargeSource.Class(
        Gate, Fields, i => $"private bool _done{i}; private object? _o{i}; "
            + $"public void M{i}() {{ if (!_done{i}) {{ lock (_gate) {{ if (!_done{i}) {{ _o{i} = new object(); _done{i} = true; }} }} }} }}")));

    [Fact]
    public async Task Five_thousand_readers_and_writers_of_one_field() => Assert.Equal(1, await CountAsync("LF2005", LargeSource.Class(
        Gate + " private List<int>? _o;", Regions, i =>
        $"public int M{i}() {{ if (_o == null) return 0; return _o.Count; }} protected bool R{i}() => _o == null; "
        + $"public void W{i}() {{ lock (_gate) {{ R{i}(); if (_o != null) _o = null; else _o = new List<int>(); }} }}")));

    [Fact]
    public async Task Five_thousand_regions_of_one_dictionary() => Assert.Equal(1, await CountAsync("LF1001", LargeSource.Class(
        Gate + " private readonly Dictionary<int, int> _map = new();", Regions, i => $"public void M{i}(int k) {{ lock (_gate) _map[k] = {i}; }}")));

    [Fact]
    public async Task Five_thousand_helpers_that_call_each_other() => Assert.Equal(0, await CountAsync("LF1001", LargeSource.Class(
        Gate + " private readonly Dictionary<int, int> _map = new(); public void Go() { lock (_gate) H0(); }", Regions,
        i => $"private void H{i}() {{ _map[{i}] = 1; H{i + 1}(); }}", $"private void H{Regions}() => _map.Clear();")));

    [Fact]
    public async Task Five_thousand_jumps_out_of_locks() => Assert.Equal(1, await CountAsync("LF1001", LargeSource.Class(
        Gate + " private readonly Dictionary<int, int> _map = new();", 1,
        _ => $"public void M(int x) {{\n{LargeSource.Lines(Regions, i => $"lock (_gate) {{ if (x == {i}) goto L{i}; _map.Clear(); }}")}\n"
            + $"{LargeSource.Lines(Regions, i => $"L{i}: x++;")}\n}}")));

    [Fact]
    public async Task Five_thousand_entries_of_a_lock_in_async_code() => Assert.Equal(Regions, await CountAsync("LF3001", LargeSource.Class(
        "private readonly ReaderWriterLockSlim _lock = new(); private readonly Dictionary<int, int> _map = new();", Regions, i =>
        $"public async Task M{i}(int v) {{ _lock.EnterWriteLock(); try {{ _map[v] = {i}; }} finally {{ _lock.ExitWriteLock(); }} await Task.Delay(1); }}")));

    [Fact]
    public async Task Five_thousand_locks_released_in_another_thread() => Assert.Equal(Regions, await CountAsync("LF3002", LargeSource.Class(
        "private readonly ReaderWriterLockSlim _lock = new(); public async Task Pause() => await Task.Yield();", Regions, i =>
        $"public void M{i}() {{ _lock.EnterWriteLock(); Task.Run(() => {{ _lock.ExitWriteLock(); }}); }}")));

    [Fact]
    public async Task Five_thousand_waits_under_a_lock() => Assert.Equal(Regions, await CountAsync("LF3003", LargeSource.Class(
        Gate, Regions, i => $"public void M{i}(Task task) {{ lock (_gate) {{ task.Wait(); }} }}")));

    [Fact]
    public async Task Five_thousand_updates_of_an_immutable_collection() => Assert.Equal(Regions, await CountAsync("LF2004", LargeSource.Class(
        Gate + " private System.Collections.Immutable.ImmutableList<int> _list = []; public void Other() { lock (_gate) Console.WriteLine(); }", Regions,
        i => $"public void M{i}(int v) {{ _list = _list.Add(v); }}")));

    [Fact]
    public async Task Five_thousand_checks_of_a_concurrent_map() => Assert.Equal(Regions, await CountAsync("LF1002", new ConcurrentMapAnalyzer(), LargeSource.Class(
        "private readonly System.Collections.Concurrent.ConcurrentDictionary<int, int> _map = new(); public void Drop(int k) => _map.TryRemove(k, out _);", Regions,
        i => $"public int M{i}(int k) => _map.ContainsKey(k) ? _map[k] : {i};")));

    [Fact]
    public async Task Five_thousand_clients_of_one_registry() => Assert.Equal(Regions, await CountAsync("LF6001", new RepeatedDowncastAnalyzer(),
        "public interface IOrders { void Place(); } public interface IBilling { void Charge(); }\n" + LargeSource.Class(
            "private readonly Dictionary<string, object> _clients = new(); public void Charge() => ((IBilling)_clients[\"billing\"]).Charge();", Regions,
            i => $"public void M{i}() => ((IOrders)_clients[\"orders{i}\"]).Place(); public void N{i}() => ((IOrders)_clients[\"orders{i}\"]).Place();")));

    [Fact]
    public async Task Five_thousand_methods_that_load_a_cell_twice() => Assert.Equal(Regions, await CountAsync("LF2003", new CellUseAnalyzer(),
        "public sealed class Settings { public string Host = \"\"; public int Port; }\n" + LargeSource.Class(
            "private readonly LockFree.SwapCell<Settings> _settings = new(new Settings());", Regions,
            i => $"public string M{i}() => _settings.Load().Host + _settings.Load().Port;")));

    [Fact]
    public async Task A_file_of_fifty_thousand_lines()
    {
        const int Types = 5_000;
        string source = LargeSource.Lines(Types, i => $$"""
            public class C{{i}}
            {
                private readonly object _gate = new();
                private readonly Dictionary<int, int> _map = new();
                private readonly object _lock = new();
                private int _value;
                public void Set(int k) { lock (_gate) _map[k] = 1; }
                public int Get() { lock (_lock) return _value; }
                public void Put(int v) { lock (_lock) _value = v; }
            }
            """);
        Assert.Equal(50_000, source.Split('\n').Length);
        Assert.Equal(Types, await CountAsync("LF1001", source));
        Assert.Equal(Types, await CountAsync("LF2001", source));
    }

    private static Task<int> CountAsync(string rule, string source) => CountAsync(rule, new GuardedStateAnalyzer(), source);

    private static Task<int> CountAsync(string rule, DiagnosticAnalyzer analyzer, string source) =>
        LargeSource.CountAsync(rule, analyzer, source);
}

using LockFree.Analyzers.Tests.GuardedState;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.Tests.ReadMostly;

public sealed class LostFieldUpdateTests
{
    private const string Map = "private volatile ImmutableDictionary<string, int> _map = ImmutableDictionary<string, int>.Empty;";

    [Theory]
    [InlineData("_map = _map.Add(key, 1);", "_map = _map.Add(key, 1)")]
    [InlineData("this._map = _map.SetItem(key, _map.Count);", "this._map = _map.SetItem(key, _map.Count)")]
    [InlineData("_map = _map.Remove(key).Add(key, 2);", "_map = _map.Remove(key).Add(key, 2)")]
    [InlineData("var map = _map; _map = map.Add(key, 1);", "_map = map.Add(key, 1)")]
    [InlineData("var map = _map; if (!map.ContainsKey(key)) _map = map.Add(key, 1);", "_map = map.Add(key, 1)")]
    public async Task A_volatile_field_replaced_by_a_changed_copy_is_found(string body, string place) =>
        Assert.Equal([$"LF2004 warning {place}"], await FindingsAsync($"{Map} public void M(string key) {{ {body} }}"));

    [Theory]
    [InlineData("private ImmutableList<int> _all = []; public void M() => _all = _all.Add(1); public void N() => ImmutableInterlocked.Update(ref _all, all => all.Add(2));")]
    [InlineData("private ImmutableHashSet<int> _all = []; public void M() => _all = _all.Add(1); public ImmutableHashSet<int> N() => Volatile.Read(ref _all);")]
    [InlineData("private ImmutableArray<int> _all = []; public void M() => _all = _all.Add(1); public void N() { lock (this) _all = _all.Clear(); }")]
    [InlineData("private ImmutableQueue<int> _all = []; public void M() => Task.Run(() => { _all = _all.Enqueue(1); });")]
    [InlineData("private IImmutableStack<int> _all = ImmutableStack<int>.Empty; public void M() => new Thread(() => _all = _all.Push(1)).Start();")]
    public async Task Other_signs_of_sharing_are_a_warning_too(string members) =>
        Assert.StartsWith("LF2004 warning _all = _all.", Assert.Single(await FindingsAsync(members)), StringComparison.Ordinal);

    [Theory]
    [InlineData("public bool Drop(string k) => ImmutableInterlocked.TryRemove(ref _map, k, out _);", 0)]
    [InlineData("public void Drop(string k) { if (!ImmutableInterlocked.TryRemove(ref _map, k, out _)) throw new InvalidOperationException(); }", 0)]
    [InlineData("public void Drop(string k) { ImmutableInterlocked.TryRemove(ref _map, k, out _); }", 1)]
    [InlineData("public bool Drop(string k) => ImmutableInterlocked.TryRemove(ref _map, k, out _); public bool Add(string k) => ImmutableInterlocked.TryAdd(ref _map, k, 1);", 1)]
    public async Task One_removal_that_is_asked_for_its_answer_is_no_sign_of_sharing(string member, int findings) => Assert.Equal(findings, (await FindingsAsync(
        $"private ImmutableDictionary<string, int> _map = ImmutableDictionary<string, int>.Empty; public void Put(string k) => _map = _map.SetItem(k, 1); {member}")).Length);

    [Theory]
    [InlineData("private static ImmutableList<int> s_all = []; public static void Register(int n) => s_all = s_all.Add(n);")]
    [InlineData("private ImmutableList<int> s_all = []; private readonly object _gate = new(); private int _n; public void Register(int n) => s_all = s_all.Add(n); public void Count() { lock (_gate) _n++; }")]
    public async Task A_likely_sign_is_information(string members) =>
        Assert.Equal(["LF2004 info s_all = s_all.Add(n)"], await FindingsAsync(members));

    [Fact]
    public async Task The_lock_that_guards_it_elsewhere_is_named()
    {
        Diagnostic finding = Assert.Single(await DiagnosticsAsync("""
            private readonly object _gate = new();
            private ImmutableList<int> _all = [];
            public void Add(int n) { lock (_gate) { _all = _all.Add(n); } }
            public void Drop(int n) => _all = _all.Remove(n);
            """));
        Assert.Equal(
            "'_all' is loaded, changed and stored in separate steps, but under the lock '_gate' elsewhere: what another thread stores in between is lost; take '_gate' here too",
            finding.GetMessage());
    }

    [Theory]
    [InlineData("private ImmutableList<int> _all = []; public void Add(int n) => _all = _all.Add(n);")]
    [InlineData("private ImmutableArray<int> _all = []; public void M() => Task.Run(() => { _all = _all.Clear(); });")]
    [InlineData("private ImmutableList<int> _all = []; public void M(int n) => Task.Run(() => { _all = _all.Clear().Add(n); });")]
    [InlineData("private ImmutableList<int> _all = []; public async Task Add(int n) { await Task.Yield(); _all = _all.Add(n); }")]
    [InlineData("[ThreadStatic] private static ImmutableList<int>? s_all; public static void Register(int n) => s_all = s_all!.Add(n);")]
    [InlineData("private static ImmutableList<int> s_all = []; private static void Register(int n) => s_all = s_all.Add(n);")]
    public async Task A_field_without_a_sign_of_sharing_is_silent(string members) => Assert.Empty(await FindingsAsync(members));

    [Theory]
    [InlineData("public void M(int n) { lock (_gate) { _all = _all.Add(n); } }")]
    [InlineData("public void M(int n) { lock (_gate) { Put(n); } } private void Put(int n) => _all = _all.Add(n);")]
    [InlineData("public void M(int n) { Monitor.Enter(_gate); _all = _all.Add(n); Monitor.Exit(_gate); }")]
    [InlineData("public async Task M(int n) { using (await _asyncLock.EnterAsync()) _all = _all.Add(n); } private readonly AsyncLock _asyncLock = new(); class AsyncLock { public Task<IDisposable> EnterAsync() => null!; }")]
    [InlineData("public C() { _all = _all.Add(1); }")]
    [InlineData("static C() { s_all = s_all.Add(1); } private static volatile ImmutableList<int> s_all = [];")]
    [InlineData("public C() { Fill(); } private void Fill() { _all = _all.Add(1); }")]
    [InlineData("public void M() { _all = ImmutableList<int>.Empty; }")]
    [InlineData("public void M(C other) { _all = other._all.Add(1); }")]
    [InlineData("public void M() { _all = _all ?? ImmutableList<int>.Empty; }")]
    [InlineData("public void M() { var saved = _all; _all = []; _all = saved; }")]
    [InlineData("public void M() { var mine = _all; mine = mine.Add(1); }")]
    [InlineData("public void M() { ImmutableInterlocked.Update(ref _all, all => all.Add(1)); }")]
    [InlineData("public void M() { var old = _all; while (Interlocked.CompareExchange(ref _all, old.Add(1), old) != old) old = _all; }")]
    public async Task Guarded_or_other_assignments_are_silent(string members) => Assert.Empty(
        await FindingsAsync("private readonly object _gate = new(); private volatile ImmutableList<int> _all = [];" + members));

    [Theory]
    [InlineData("sealed class ListBuilder { private volatile ImmutableList<int> _all = []; public void Add(int n) => _all = _all.Add(n); }")]
    [InlineData("class ViewModel { } sealed class Shop : ViewModel { private volatile ImmutableList<int> _all = []; public void Add(int n) => _all = _all.Add(n); }")]
    [InlineData("struct Row { private ImmutableList<int> _all; private static readonly object Gate = new(); public void Add(int n) => _all = _all.Add(n); public void N() { lock (Gate) { } } }")]
    public async Task Types_that_one_thread_uses_are_silent(string type) =>
        Assert.Empty(await AnalyzedSource.FindingsAsync("using System.Collections.Immutable; " + type));

    [Fact]
    public async Task Mutable_collections_and_own_types_are_silent() => Assert.Empty(await FindingsAsync("""
        private volatile List<int> _list = [];
        private volatile string _text = "";
        private volatile Own.ImmutableList<int> _own = new();
        public void M() { _list = _list.Append(1).ToList(); _text = _text.Insert(0, "a"); _own = _own.Add(1); }
        } namespace Own { class ImmutableList<T> { public ImmutableList<T> Add(T item) => this; }
        """));

    private static Task<string[]> FindingsAsync(string members) => AnalyzedSource.FindingsAsync(Class(members));

    private static async Task<Diagnostic[]> DiagnosticsAsync(string members) => [.. await AnalyzedSource.DiagnosticsAsync(Class(members))];

    private static string Class(string members) => $$"""
        using System.Collections.Immutable;
        #pragma warning disable CS0420
        class C
        {
            {{members}}
        }
        """;
}

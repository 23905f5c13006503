using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.ReadMostly;
using LockFree.CodeFixes.ReadMostly;
using LockFree.CodeFixes.Tests.ReadMostly;

namespace LockFree.CodeFixes.Tests.Equivalence;

/// <summary>LF2001 and LF2004: what several threads do with a cell after the fix, one thread could have done before it.</summary>
public sealed class CellHistoryTests
{
    [Theory]
    [InlineData("LF2001.Field")]
    [InlineData("LF2001.SwapCell")]
    public Task A_snapshot_that_is_taken_and_exchanged(string key) => VerifyCellAsync(key, """
        private string? _f = "first";
        public string? Get() { lock (_gate) { return _f; } }
        public bool Has() { lock (_gate) { return _f is not null; } }
        public void Set(string? f) { lock (_gate) { _f = f; } }
        public string? Take() { lock (_gate) { var old = _f; _f = null; return old; } }
        public string? Swap(string? f) { string? old; lock (_gate) { old = _f; _f = f; } return old; }
        public bool Drop() { lock (_gate) { var old = _f; _f = null; return old != null; } }
        """);

    [Fact]
    public Task A_gate() => VerifyCellAsync("LF2001.Field", """
        private bool _f;
        public bool Open() { lock (_gate) { if (_f) return false; _f = true; return true; } }
        public bool Close() { lock (_gate) { if (!_f) return false; _f = false; return true; } }
        public void Require() { lock (_gate) { if (_f) throw new InvalidOperationException("open"); _f = true; } }
        public int Enter() { lock (_gate) { if (!_f) { _f = true; } else { return 0; } } return 1; }
        public void Leave() { lock (_gate) { _f = false; } }
        public bool Get() { lock (_gate) { return _f; } }
        """);

    [Theory]
    [InlineData("int")]
    [InlineData("long")]
    public Task A_counter(string type) => VerifyCellAsync("LF2001.Field", $$"""
        private {{type}} _f;
        public {{type}} Next() { lock (_gate) { return ++_f; } }
        public {{type}} Post() { lock (_gate) { return _f++; } }
        public {{type}} Last() { lock (_gate) { return _f--; } }
        public void Up() { lock (_gate) { _f++; } }
        public void Add(int n) { lock (_gate) { _f += n; } }
        public {{type}} Sub(int n) { lock (_gate) { return _f -= n * 2; } }
        public {{type}} Both() { lock (_gate) { --_f; return _f; } }
        public void Reset() { lock (_gate) { _f = 0; } }
        public {{type}} Get() { lock (_gate) { return _f; } }
        """);

    [Fact]
    public Task A_static_counter_beside_a_cell_of_its_own_lock() => VerifyCellAsync("LF2001.Field", """
        private static readonly object Gate = new();
        private static int s_n;
        private string? _f;
        public Sessions() { lock (Gate) { s_n = 0; } }
        public int Next() { lock (Gate) { return ++s_n; } }
        public void Set(string? f) { lock (_gate) { _f = f; } }
        public string? Get() { lock (_gate) { return _f; } }
        """);

    [Fact]
    public Task A_lost_update_of_a_cell() => VerifyUpdateAsync(
        new SiteFix(() => new CellUseAnalyzer(), new LostUpdateCodeFixProvider(), "LF2004.Update"), """
            private readonly LockFree.SwapCell<ImmutableDictionary<string, int>> _cell = new(ImmutableDictionary<string, int>.Empty);
            public void Put(string key, int n) { _cell.Store(_cell.Load().SetItem(key, n)); }
            public void Remove(string key) { var now = _cell.Load(); _cell.Store(now.Remove(key)); }
            public void Count(string key) { _cell.Store(_cell.Load().SetItem(key, _cell.Load().GetValueOrDefault(key) + 1)); }
            public ImmutableDictionary<string, int> Get() { return _cell.Load(); }
            """);

    [Fact]
    public Task A_lost_update_of_a_field() => VerifyUpdateAsync(
        new SiteFix(() => new GuardedStateAnalyzer(), new LostUpdateCodeFixProvider(), "LF2004.Update"), """
            private ImmutableDictionary<string, int> _map = ImmutableDictionary<string, int>.Empty;
            public void Put(string key, int n) { _map = _map.SetItem(key, n); }
            public void Remove(string key) { var now = _map; _map = now.Remove(key); }
            public void Count(string key) { _map = _map.SetItem(key, _map.GetValueOrDefault(key) + 1); }
            public ImmutableDictionary<string, int> Get() { return Volatile.Read(ref _map); }
            """);

    private static async Task VerifyCellAsync(string key, string members)
    {
        string before = $"public sealed class Sessions\n{{\n    private readonly object _gate = new();\n    {members.Replace("\n", "\n    ")}\n}}\n" + PacedSource.Declarations;
        string after = await new FieldFix(new CellUnderLockCodeFixProvider(), key).FixAsync(before);
        Assert.DoesNotContain("lock (_gate)", after);
        await EquivalentInEveryHistory.VerifyAsync(before, after, seed: 130, perMethod: 60, runLast: ["Get"]);
    }

    private static async Task VerifyUpdateAsync(SiteFix fix, string members)
    {
        string before = $"using System.Collections.Immutable;\n\npublic sealed class Sessions\n{{\n    {members.Replace("\n", "\n    ")}\n}}\n" + PacedSource.Declarations;
        string after = await fix.FixAsync(before);
        await HotCollections.TwinRun.CompareAsync(before, after, seed: 131, steps: 1500, withNull: true);
        await EquivalentInEveryHistory.VerifyAsync(before, after, seed: 132, perMethod: 60, runLast: ["Get"]);
    }
}

using LockFree.Analyzers.Tests.ConcurrentMaps;
using LockFree.Analyzers.Tests.GuardedState;

namespace LockFree.Analyzers.Tests.ReadMostly;

/// <summary>Code that is right by other means than the rules look for.</summary>
public sealed class SharingAdversarialTests
{
    private const string Gate = "private int _busy; private void Leave() => Volatile.Write(ref _busy, 0);\n";

    [Theory]
    [InlineData("while (Interlocked.CompareExchange(ref _busy, 1, 0) != 0) Thread.SpinWait(1);")]
    [InlineData("var spin = new SpinWait(); while (Interlocked.Exchange(ref _busy, 1) == 1) { spin.SpinOnce(); }")]
    public async Task A_gate_made_by_hand_is_a_lock(string enter)
    {
        Assert.Empty(await CellSource.AnalyzeAsync($"class A {{ {Gate} private readonly SwapCell<string> _cell = new(\"\"); public void M() {{ {enter} _cell.Store(_cell.Load() + 1); Leave(); }} }}"));
        Assert.Empty(await AnalyzedSource.FindingsAsync("using System.Collections.Immutable;\n"
            + $"class B {{ {Gate} private volatile ImmutableList<int> _all = []; public void M(int n) {{ {enter} _all = _all.Add(n); Leave(); }} }}"));
        Assert.Empty(await MapSource.FindingsInClassAsync($"{Gate} public void M(string k) {{ {enter} if (_counts.TryGetValue(k, out var n)) _counts[k] = n + 1; else _counts[k] = 1; Leave(); }}"));
    }

    [Theory]
    [InlineData("[ThreadStatic] private static ConcurrentDictionary<string, int>? s_own; public static void M(string k) { s_own ??= new(); s_own.TryGetValue(k, out var n); s_own[k] = n + 1; }")]
    [InlineData("private readonly ConcurrentDictionary<string, int> _all = new(); public static C New(string k) { var made = new C(); made._all.TryGetValue(k, out var n); made._all[k] = n + 1; return made; }")]
    [InlineData("private readonly ConcurrentDictionary<string, int> _all = new(); private int _n; private string Next => \"k\" + _n++; public void M() { _all.TryGetValue(Next, out var n); _all[Next] = n + 1; }")]
    public async Task Maps_nobody_else_has_and_keys_that_differ_are_silent(string members) =>
        Assert.Empty(await MapSource.FindingsAsync($"class C {{ {members} }}"));

    [Fact]
    public async Task A_gate_behind_the_update_guards_nothing() => Assert.NotEmpty(await MapSource.FindingsInClassAsync(
        $"{Gate} public void M(string k) {{ _counts.TryGetValue(k, out var n); _counts[k] = n + 1; while (Interlocked.Exchange(ref _busy, 1) == 1) {{ }} Leave(); }}"));

    [Theory]
    [InlineData("private ImmutableList<int> _all = []; public ImmutableList<int> All => Volatile.Read(ref _all);")]
    [InlineData("private volatile ImmutableList<int> _all = []; public ImmutableList<int> All => _all;")]
    public async Task The_only_writer_may_be_a_private_loop(string field) => Assert.Equal(
        ["LF2004 info _all = _all.Add(n)"],
        await AnalyzedSource.FindingsAsync("using System.Collections.Immutable;\n"
            + $"class B {{ {field} public B() => _ = RunAsync(); private async Task RunAsync() {{ for (int n = 0; ; n++) {{ await Task.Yield(); _all = _all.Add(n); }} }} }}"));

    [Fact]
    public async Task A_reader_with_a_barrier_of_its_own_needs_no_volatile_flag() => Assert.Empty(await AnalyzedSource.FindingsAsync("""
        class C
        {
            private readonly object _gate = new();
            private bool _ready;
            private int _n;
            public int Get()
            {
                if (!_ready) { lock (_gate) { if (!_ready) { _n = 5; Interlocked.MemoryBarrier(); _ready = true; } } }
                Interlocked.MemoryBarrier();
                return _n;
            }
        }
        """));
}

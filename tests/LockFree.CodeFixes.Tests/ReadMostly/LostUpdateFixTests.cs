using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.ReadMostly;
using LockFree.CodeFixes.ReadMostly;

namespace LockFree.CodeFixes.Tests.ReadMostly;

public sealed class LostUpdateFixTests
{
    private static readonly SiteFix Cells = new(() => new CellUseAnalyzer(), new LostUpdateCodeFixProvider(), "LF2004.Update");
    private static readonly SiteFix Fields = new(() => new GuardedStateAnalyzer(), new LostUpdateCodeFixProvider(), "LF2004.Update");

    [Theory]
    [InlineData("_cell.Store(_cell.Load() with { Limit = n });", "_cell.Update(current => current with { Limit = n });")]
    [InlineData("_cell.Store(new Settings(_cell.Load().Limit + n, _cell.Load().Names));", "_cell.Update(current => new Settings(current.Limit + n, current.Names));")]
    [InlineData("this._cell.Store(this._cell.Load() with { Limit = _limit });", "this._cell.Update(current => current with { Limit = _limit });")]
    [InlineData("_cell.Store(_cell.Load() with { Names = _cell.Load().Names.RemoveAll(name => name.Length > n) });", "_cell.Update(current => current with { Names = current.Names.RemoveAll(name => name.Length > n) });")]
    [InlineData("int current = n; _cell.Store(_cell.Load() with { Limit = current });", "int current = n; _cell.Update(latest => latest with { Limit = current });")]
    [InlineData("var now = _cell.Load(); _cell.Store(now with { Limit = now.Limit + n });", "_cell.Update(now => now with { Limit = now.Limit + n });")]
    [InlineData("if (n > 0) _cell.Store(_cell.Load() with { Limit = n });", "if (n > 0) _cell.Update(current => current with { Limit = n });")]
    public async Task A_cell_is_updated(string before, string after) =>
        Assert.Equal(Cell($"public void M(int n) {{ {after} }}"), (await Cells.FixAsync(Cell($"public void M(int n) {{ {before} }}"))));

    [Theory]
    [InlineData("_map = _map.SetItem(key, n);", "ImmutableInterlocked.Update(ref _map, current => current.SetItem(key, n));")]
    [InlineData("this._map = _map.Remove(key).Add(key, n);", "ImmutableInterlocked.Update(ref this._map, current => current.Remove(key).Add(key, n));")]
    [InlineData("_all = _all.Add(_all.Length);", "ImmutableInterlocked.Update(ref _all, current => current.Add(current.Length));")]
    [InlineData("var map = _map; _map = map.Add(key, n);", "ImmutableInterlocked.Update(ref _map, map => map.Add(key, n));")]
    public async Task A_field_is_updated(string before, string after) =>
        Assert.Equal(Field($"public void M(string key, int n) {{ {after} }}"), await Fields.FixAsync(Field($"public void M(string key, int n) {{ {before} }}")));

    [Fact]
    public async Task Bodies_that_are_expressions_and_qualified_names_are_kept() => Assert.Equal(
        "class C { private static System.Collections.Immutable.ImmutableList<int> s_all = []; public static void Add(int n) => System.Collections.Immutable.ImmutableInterlocked.Update(ref s_all, current => current.Add(n)); }",
        await Fields.FixAsync(
            "class C { private static System.Collections.Immutable.ImmutableList<int> s_all = []; public static void Add(int n) => s_all = s_all.Add(n); }"));

    [Fact]
    public async Task Comments_and_layout_are_kept() => Assert.Equal(
        Cell("""
            public void M(int n)
            {
                // The newest first.
                // Then the change.
                _cell.Update(settings => settings with
                {
                    Limit = n, // as asked
                }); // done

                #region more
                _cell.Update(current => current with { Limit = 2 });
                #endregion
            }
            """),
        await Cells.FixAsync(Cell("""
            public void M(int n)
            {
                // The newest first.
                var settings = _cell.Load();
                // Then the change.
                _cell.Store(settings with
                {
                    Limit = n, // as asked
                }); // done

                #region more
                _cell.Store(_cell.Load() with { Limit = 2 });
                #endregion
            }
            """)));

    [Theory]
    [InlineData("public void M() { _cell.Store(_cell.Load() with { Limit = _limit++ }); }")]
    [InlineData("public void M() { _cell.Store(_cell.Load() with { Limit = Next() }); }")]
    [InlineData("public void M() { _cell.Store(Change(_cell.Load())); } private Settings Change(Settings s) { _limit++; return s with { Limit = 1 }; }")]
    [InlineData("public void M(ref int n) { _cell.Store(_cell.Load() with { Limit = n }); }")]
    [InlineData("public void M(ReadOnlySpan<int> n) { _cell.Store(_cell.Load() with { Limit = n.Length }); }")]
    [InlineData("public void M() { _cell.Store(_cell.Load() with { Limit = Interlocked.Increment(ref _limit) }); }")]
    [InlineData("public void M(Func<string, bool> drop) { _cell.Store(_cell.Load() with { Names = _cell.Load().Names.RemoveAll(new Predicate<string>(drop)) }); }")]
    [InlineData("public void M(IEnumerable<string> names) { _cell.Store(_cell.Load() with { Names = _cell.Load().Names.AddRange(names) }); }")]
    [InlineData("public void M() { var s = _cell.Load(); Console.WriteLine(s); _cell.Store(s with { Limit = 1 }); }")]
    [InlineData("public void M() { var s = _cell.Load(); _limit = 2; _cell.Store(s with { Limit = 1 }); }")]
    [InlineData("public void M() { var s = _cell.Load(); _cell.Store(s with { Limit = 1 }); Console.WriteLine(s); }")]
    [InlineData("public void M() { var s = _cell.Load() /* all of it */; _cell.Store(s with { Limit = 1 }); }")]
    [InlineData("public Settings M() { var old = _cell.Exchange(_cell.Load() with { Limit = 1 }); return old; }")]
    [InlineData("public async System.Threading.Tasks.Task M() { _cell.Store(await Later(_cell.Load())); } private static System.Threading.Tasks.Task<Settings> Later(Settings s) => System.Threading.Tasks.Task.FromResult(s);")]
    public Task Where_running_it_again_could_be_noticed_nothing_is_offered(string members) =>
        Cells.AssertNotOfferedAsync(Cell(members + " private int Next() => ++_limit;"));

    [Theory]
    [InlineData("private volatile ImmutableList<int> _more = []; public void M() { _more = _more.Add(1); }")]
    [InlineData("private ImmutableList<int> _more = []; public void M() { _more = _more.Add(1); } public void N() { lock (this) { _more = _more.Add(2); } }")]
    [InlineData("public void M(ref int n) { _map = _map.Add(\"a\", n); }")]
    [InlineData("public ImmutableArray<int> M() { return _all = _all.Add(1); }")]
    public Task Volatile_and_locked_fields_and_results_are_left_to_a_person(string members) => Fields.AssertNotOfferedAsync(Field(members));

    private static string Cell(string members) => $$"""
        using System.Collections.Immutable;
        using LockFree;

        public sealed record Settings(int Limit, ImmutableList<string> Names);

        public sealed class C
        {
            private readonly SwapCell<Settings> _cell = new(new Settings(0, []));
            private int _limit = 3;

            {{members.Replace("\n", "\n    ").Replace("\n    \n", "\n\n")}}
        }
        """;

    private static string Field(string members) => $$"""
        using System.Collections.Immutable;

        public sealed class C
        {
            private ImmutableDictionary<string, int> _map = ImmutableDictionary<string, int>.Empty;
            private ImmutableArray<int> _all = [];

            {{members}}

            public int Count() => Volatile.Read(ref _map).Count;
            public void Reset() => ImmutableInterlocked.InterlockedExchange(ref _all, []);
        }
        """;
}

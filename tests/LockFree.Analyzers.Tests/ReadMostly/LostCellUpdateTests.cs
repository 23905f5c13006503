namespace LockFree.Analyzers.Tests.ReadMostly;

public sealed class LostCellUpdateTests
{
    [Theory]
    [InlineData("_cell.Store(_cell.Load() with { Limit = n });", "_cell.Store(_cell.Load() with { Limit = n })")]
    [InlineData("_cell.Store(new Settings(_cell.Load().Limit + n));", "_cell.Store(new Settings(_cell.Load().Limit + n))")]
    [InlineData("var current = _cell.Load(); _cell.Store(current with { Limit = n });", "_cell.Store(current with { Limit = n })")]
    [InlineData("var current = _cell.Load(); var next = current with { Limit = n }; _cell.Store(next);", "_cell.Store(next)")]
    [InlineData("var limit = _cell.Load().Limit; var next = new Settings(limit + n); _cell.Store(next);", "_cell.Store(next)")]
    [InlineData("var old = _cell.Exchange(_cell.Load() with { Limit = n });", "_cell.Exchange(_cell.Load() with { Limit = n })")]
    [InlineData("this._cell.Store(_cell.Load() with { Limit = n });", "this._cell.Store(_cell.Load() with { Limit = n })")]
    public async Task A_value_computed_from_the_loaded_one_is_found(string body, string place) =>
        Assert.Equal([$"LF2004 warning {place}"], await FindingsAsync($"public void M(int n) {{ {body} }}"));

    [Fact]
    public async Task The_message_says_what_to_call_instead()
    {
        Assert.EndsWith("use Update", Assert.Single(await CellSource.DiagnosticsAsync("LF2004", Class("public void M() => _cell.Store(_cell.Load() with { Limit = 1 });"))).GetMessage(), StringComparison.Ordinal);
        Assert.EndsWith(
            "use UpdateOnceAsync",
            Assert.Single(await CellSource.DiagnosticsAsync("LF2004", Class("public async Task M() => _cell.Store(await Next(_cell.Load())); static Task<Settings> Next(Settings s) => Task.FromResult(s);"))).GetMessage(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("_cell.Update(current => current with { Limit = n });")]
    [InlineData("_cell.Store(new Settings(n));")]
    [InlineData("_cell.Store(_other.Load() with { Limit = n });")]
    [InlineData("var saved = _cell.Load(); _cell.Store(new Settings(n)); _cell.Store(saved);")]
    [InlineData("_cell.Store(_cell.Load());")]
    [InlineData("var next = new Settings(n); _cell.Store(next); var current = _cell.Load();")]
    [InlineData("var current = _cell.Load(); while (!ReferenceEquals(_cell.CompareExchange(current with { Limit = n }, current), current)) current = _cell.Load();")]
    [InlineData("lock (_gate) { _cell.Store(_cell.Load() with { Limit = n }); }")]
    [InlineData("_single.Wait(); try { _cell.Store(_cell.Load() with { Limit = n }); } finally { _single.Release(); }")]
    [InlineData("var mine = new SwapCell<Settings>(new Settings(n)); mine.Store(mine.Load() with { Limit = 2 });")]
    public async Task Everything_else_is_silent(string body) => Assert.Empty(await FindingsAsync($"public void M(int n) {{ {body} }}"));

    [Fact]
    public async Task A_constructor_is_silent_but_a_lambda_in_it_is_not() => Assert.Equal(
        ["LF2004 warning _cell.Store(_cell.Load() with { Limit = 2 })"],
        await FindingsAsync("public C() { _cell.Store(_cell.Load() with { Limit = 1 }); Changed += () => _cell.Store(_cell.Load() with { Limit = 2 }); } event Action? Changed;"));

    [Fact]
    public async Task An_own_type_of_the_same_name_is_silent() => Assert.Empty(await CellSource.FindingsAsync("LF2004", """
        namespace Own { class SwapCell<T>(T value) { public T Load() => value; public void Store(T value) { } } }
        class C { private readonly Own.SwapCell<string> _cell = new(""); public void M() => _cell.Store(_cell.Load() + "a"); }
        """));

    private static Task<string[]> FindingsAsync(string members) => CellSource.FindingsAsync("LF2004", Class(members));

    private static string Class(string members) => $$"""
        public sealed record Settings(int Limit);
        class C
        {
            private readonly SwapCell<Settings> _cell = new(new Settings(0));
            private readonly SwapCell<Settings> _other = new(new Settings(0));
            private readonly object _gate = new();
            private readonly SemaphoreSlim _single = new(1, 1);
            {{members}}
        }
        """;
}

using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.Tests.ReadMostly;

public sealed class MutatedSnapshotTests
{
    [Theory]
    [InlineData("_cell.Load().Limit = 3;", "_cell.Load().Limit = 3")]
    [InlineData("_cell.Load().Limit++;", "_cell.Load().Limit++")]
    [InlineData("_cell.Load().Hits += 2;", "_cell.Load().Hits += 2")]
    [InlineData("_cell.Load().Names.Add(\"a\");", "_cell.Load().Names.Add(\"a\")")]
    [InlineData("_cell.Load().Names[0] = \"a\";", "_cell.Load().Names[0] = \"a\"")]
    [InlineData("_cell.Load().Ports[0] = 1;", "_cell.Load().Ports[0] = 1")]
    [InlineData("_cell.Load().Point.X = 1;", "_cell.Load().Point.X = 1")]
    [InlineData("Array.Sort(_cell.Load().Ports);", "Array.Sort(_cell.Load().Ports)")]
    [InlineData("_cell.Load().Nested.Depth = 2;", "_cell.Load().Nested.Depth = 2")]
    [InlineData("var settings = _cell.Load(); settings.Limit = 3;", "settings.Limit = 3")]
    [InlineData("var names = _cell.Load().Names; if (names.Count > 3) names.Clear();", "names.Clear()")]
    [InlineData("_cell?.Load()?.Names.Sort();", ".Names.Sort()")]
    [InlineData("foreach (var nested in _cell.Load().All) nested.Depth = 1;", "nested.Depth = 1")]
    [InlineData("_map.Load()[\"a\"] = 1;", "_map.Load()[\"a\"] = 1")]
    [InlineData("_map.Load().Remove(\"a\");", "_map.Load().Remove(\"a\")")]
    [InlineData("_readers.Load().Limit = 3;", "_readers.Load().Limit = 3")]
    [InlineData("_cell.Update(current => { current.Limit = 3; return current; });", "current.Limit = 3")]
    [InlineData("_map.Update(current => { current.Add(\"a\", 1); return current; });", "current.Add(\"a\", 1)")]
    [InlineData("_cell.OnChange(settings => settings.Limit = 3);", "settings.Limit = 3")]
    [InlineData("_cell.Update(current => new Settings()).Limit = 3;", "_cell.Update(current => new Settings()).Limit = 3")]
    public async Task A_write_to_what_a_cell_hands_out_is_found(string body, string place) =>
        Assert.Equal([$"LF2002 warning {place}"], await FindingsAsync($"public void M() {{ {body} }}"));

    [Fact]
    public async Task The_newest_value_that_was_awaited_is_everybodys_too() => Assert.Equal(
        ["LF2002 warning next.Limit = 1"],
        await FindingsAsync("public async Task M() { var next = await _cell.WaitForChangeAsync(_cell.Load()).ConfigureAwait(false); next.Limit = 1; }"));

    [Theory]
    [InlineData("var copy = new List<string>(_cell.Load().Names); copy.Add(\"a\");")]
    [InlineData("var copy = _cell.Load().Names.ToList(); copy.Add(\"a\");")]
    [InlineData("var copy = _cell.Load() with { Limit = 3 }; copy.Limit = 4;")]
    [InlineData("_cell.Update(current => current with { Limit = 3 });")]
    [InlineData("_cell.Update(current => { var copy = new Settings { Limit = current.Limit }; copy.Limit++; return copy; });")]
    [InlineData("_map.Update(current => new Dictionary<string, int>(current) { [\"a\"] = 1 });")]
    [InlineData("var point = _cell.Load().Point; point.X = 3;")]
    [InlineData("var names = _cell.Load().Names; names = new List<string>(); names.Add(\"a\");")]
    [InlineData("var drained = _map.Exchange(new Dictionary<string, int>()); drained.Clear();")]
    [InlineData("_cell.Load().Safe.TryAdd(1, 1); _cell.Load().Safe[2] = 2;")]
    [InlineData("Interlocked.Increment(ref _cell.Load().Hits);")]
    [InlineData("_cell.Load().IsStale = true;")]
    [InlineData("_cell.Load().Guarded = 1;")]
    [InlineData("_cell.Load().Service.Timeout = 1;")]
    [InlineData("_cell.Load().Service.Add(1);")]
    [InlineData("var fresh = new SwapCell<Settings>(new Settings()); fresh.Load().Limit = 3;")]
    [InlineData("lock (_gate) { _cell.Load().Limit = 3; }")]
    [InlineData("var n = _cell.Load().Names.Count; n++;")]
    public async Task Copies_and_objects_made_for_several_threads_are_silent(string body) =>
        Assert.Empty(await FindingsAsync($"public void M() {{ {body} }}"));

    [Fact]
    public async Task A_constructor_fills_its_own_value() => Assert.Empty(await FindingsAsync("public C() { _cell.Load().Limit = 3; }"));

    [Fact]
    public async Task The_message_names_the_write_and_the_cell()
    {
        Diagnostic finding = Assert.Single(await CellSource.DiagnosticsAsync("LF2002", Class("public void M() { var s = _cell.Load(); s.Limit = 3; }")));
        Assert.StartsWith("'s.Limit = …' changes what '_cell' has handed out to others", finding.GetMessage(), StringComparison.Ordinal);
    }

    private static Task<string[]> FindingsAsync(string members) => CellSource.FindingsAsync("LF2002", Class(members));

    private static string Class(string members) => $$"""
        public struct Point { public int X; }
        public sealed class Nested { public int Depth { get; set; } }
        public sealed class Service { public int Timeout { get; set; } public void Add(int n) { } }
        public sealed record Settings
        {
            private int _guarded;
            public int Limit { get; set; }
            public int Hits;
            public volatile bool IsStale;
            public int Guarded { get => _guarded; set => Volatile.Write(ref _guarded, value); }
            public Point Point;
            public Nested Nested { get; } = new();
            public Service Service { get; } = new();
            public List<string> Names { get; } = [];
            public List<Nested> All { get; } = [];
            public int[] Ports { get; } = [1];
            public ConcurrentDictionary<int, int> Safe { get; } = new();
        }
        class C
        {
            private readonly SwapCell<Settings> _cell = new(new Settings());
            private readonly SwapCell<Dictionary<string, int>> _map = new([]);
            private readonly IReadOnlyCell<Settings> _readers = null!;
            private readonly object _gate = new();
            {{members}}
        }
        """;
}

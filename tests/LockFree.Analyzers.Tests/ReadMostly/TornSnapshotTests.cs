using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.Tests.ReadMostly;

public sealed class TornSnapshotTests
{
    [Theory]
    [InlineData("return _cell.Load().Host + _cell.Load().Port;")]
    [InlineData("var host = _cell.Load().Host; return host + _cell.Load().Port;")]
    [InlineData("if (_cell.Load().Host != null) return _cell.Load().Host + 1; return \"\";")]
    [InlineData("var settings = _cell.Load(); return settings.Host + _cell.Load().Port;")]
    [InlineData("while (true) { if (_cell.Load().Port > 1) return _cell.Load().Host; }")]
    [InlineData("return string.Join(_cell.Load().Host, new[] { _cell.Load().Port });")]
    [InlineData("return Task.Run(() => _cell.Load().Host + _cell.Load().Port).ToString()!;")]
    public async Task Two_loads_for_one_purpose_are_information(string body) => Assert.Equal(
        ["LF2003 info _cell.Load()"], await FindingsAsync($"public string M() {{ {body} }}"));

    [Fact]
    public async Task Three_loads_are_one_finding_that_points_at_the_others()
    {
        Diagnostic finding = Assert.Single(await CellSource.DiagnosticsAsync("LF2003", Class(
            "public string M() => _readers.Load().Host + _readers.Load().Port + _readers.Load().Path;")));
        Assert.Equal(2, finding.AdditionalLocations.Count);
        Assert.StartsWith("'_readers' is loaded again after it was loaded in line ", finding.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("return _cell.Load().Host + _other.Load().Port;")]
    [InlineData("if (flag) return _cell.Load().Host; return _cell.Load().Path;")]
    [InlineData("return flag ? _cell.Load().Host : _cell.Load().Path;")]
    [InlineData("switch (flag) { case true: return _cell.Load().Host; default: return _cell.Load().Path; }")]
    [InlineData("var host = _cell.Load().Host; _cell.Store(new Settings(host, 1, \"\")); return _cell.Load().Path;")]
    [InlineData("var host = _cell.Load().Host; _cell.Update(s => s with { Port = 2 }); return host + _cell.Load().Path;")]
    [InlineData("var host = _cell.Load().Host; Reload(); return host + _cell.Load().Path;")]
    [InlineData("var host = _cell.Load().Host; then(); return host + _cell.Load().Path;")]
    [InlineData("var host = _cell.Load().Host; Thread.Sleep(10); return host + _cell.Load().Path;")]
    [InlineData("var host = _cell.Load().Host; Thread.CurrentThread.Join(); return host + _cell.Load().Path;")]
    [InlineData("while (_cell.Load().Port > 1) { } return _cell.Load().Path;")]
    [InlineData("var host = _cell.Load().Host; for (int i = 0; i < 3; i++) host += _cell.Load().Path; return host;")]
    [InlineData("var seen = _cell.Load(); if (ReferenceEquals(seen, _cell.Load())) return seen.Host; return _cell.Load().Path;")]
    [InlineData("var seen = _cell.Load(); seen = _cell.Load(); return seen.Host;")]
    [InlineData("Func<string> later = () => _cell.Load().Host; return later() + _cell.Load().Path;")]
    [InlineData("Use(_cell.Load()); Use(_cell.Load()); return \"\";")]
    [InlineData("if (_cell.Load().Port > 1) return \"\"; lock (_gate) { return _cell.Load().Path; }")]
    public async Task A_fresh_load_that_may_be_meant_is_silent(string body) =>
        Assert.Empty(await FindingsAsync($"public string M(bool flag, Action then) {{ {body} }}"));

    [Fact]
    public async Task An_await_between_them_makes_a_fresh_load_likely() => Assert.Empty(await FindingsAsync(
        "public async Task<string> M() { var host = _cell.Load().Host; await Task.Yield(); return host + _cell.Load().Path; }"));

    private static Task<string[]> FindingsAsync(string members) => CellSource.FindingsAsync("LF2003", Class(members));

    private static string Class(string members) => $$"""
        public sealed record Settings(string Host, int Port, string Path);
        class C
        {
            private readonly SwapCell<Settings> _cell = new(new Settings("", 0, ""));
            private readonly SwapCell<Settings> _other = new(new Settings("", 0, ""));
            private readonly IReadOnlyCell<Settings> _readers = null!;
            private readonly object _gate = new();
            private void Reload() => _cell.Store(new Settings("", 0, ""));
            private static void Use(Settings settings) { }
            {{members}}
        }
        """;
}

using LockFree.Analyzers.ReadMostly;
using LockFree.CodeFixes.ReadMostly;

namespace LockFree.CodeFixes.Tests.ReadMostly;

public sealed class LoadOnceFixTests
{
    private static readonly SiteFix Fix = new(() => new CellUseAnalyzer(), new LoadOnceCodeFixProvider(), "LF2003.LoadOnce");

    [Fact]
    public async Task A_new_local_before_the_first_statement() => Assert.Equal(
        Class("""
            public string Address()
            {
                // One address.
                var current = _cell.Load();
                var address = current.Host + /* and */ current.Port; // together
                return address + current.Path;
            }
            """),
        await Fix.FixAsync(Class("""
            public string Address()
            {
                // One address.
                var address = _cell.Load().Host + /* and */ _cell.Load().Port; // together
                return address + _cell.Load().Path;
            }
            """)));

    [Fact]
    public async Task The_local_that_is_there_already() => Assert.Equal(
        Class("""
            public string Address()
            {
                Settings settings = _cell.Load();
                if (settings.Port == 80)
                    return settings.Host;

                return string.Concat(settings.Host, settings.Path);
            }
            """),
        await Fix.FixAsync(Class("""
            public string Address()
            {
                Settings settings = _cell.Load();
                if (settings.Port == 80)
                    return settings.Host;

                return string.Concat(_cell.Load().Host, _cell.Load().Path);
            }
            """)));

    [Fact]
    public async Task In_a_condition_in_a_loop_and_in_a_lambda_with_a_name_that_is_taken() => Assert.Equal(
        Class("""
            public void Print(int current)
            {
                foreach (int port in new[] { current })
                {
                    var snapshot = _cell.Load();
                    if (snapshot.Port == port)
                        Console.WriteLine(snapshot.Host);
                }
            }

            public Func<string> Later(IReadOnlyCell<Settings> cell) => () =>
            {
                var current = cell.Load();
                return current.Host + current.Path;
            };
            """),
        await Fix.FixAsync(Class("""
            public void Print(int current)
            {
                foreach (int port in new[] { current })
                {
                    if (_cell.Load().Port == port)
                        Console.WriteLine(_cell.Load().Host);
                }
            }

            public Func<string> Later(IReadOnlyCell<Settings> cell) => () =>
            {
                return cell.Load().Host + cell.Load().Path;
            };
            """)));

    [Theory]
    [InlineData("public string M() => _cell.Load().Host + _cell.Load().Path;")]
    [InlineData("public string M(bool flag) { return (flag ? _cell.Load().Host : \"\") + _cell.Load().Path; }")]
    [InlineData("public string M(bool flag) { if (flag && _cell.Load().Port > 1) return _cell.Load().Path; return \"\"; }")]
    [InlineData("public string M() { return Console.ReadLine() + _cell.Load().Host + _cell.Load().Path; }")]
    [InlineData("public string M() { return _mutable.Load().Host + _mutable.Load().Path; }")]
    [InlineData("public string M(bool flag) { if (flag) return _cell.Load().Host + _cell.Load().Path; return \"\"; }")]
    [InlineData("public string M() { { if (_cell.Load().Port > 1) Console.WriteLine(); } return _cell.Load().Path; }")]
    [InlineData("public string M() { var host = _cell.Load().Host; _ = new Storing(_cell); return host + _cell.Load().Path; }")]
    [InlineData("public string M() { var host = _cell.Load().Host; Stored = host; return host + _cell.Load().Path; }")]
    public Task Where_one_load_might_not_be_the_same_nothing_is_offered(string member) => Fix.AssertNotOfferedAsync(Class(member + """
         private SwapCell<Settings> _mutable = new(new Settings("", 0, ""));
        private string Stored { set => _cell.Store(new Settings(value, 0, "")); }
        private sealed class Storing { public Storing(SwapCell<Settings> cell) => cell.Store(new Settings("", 0, "")); }
        """));

    private static string Class(string members) => $$"""
        using LockFree;

        public sealed record Settings(string Host, int Port, string Path);

        public sealed class C
        {
            private readonly SwapCell<Settings> _cell = new(new Settings("", 0, ""));

            {{members.Replace("\n", "\n    ").Replace("\n    \n", "\n\n")}}
        }
        """;
}

using System.Text.RegularExpressions;
using LockFree.Analyzers.Tests.GuardedState;

namespace LockFree.Analyzers.Tests.ReadMostly;

public sealed class CellDocumentationTests
{
    private const string Around = """
        public sealed record Settings { public int Limit { get; set; } public string Host { get; init; } = ""; public int Port { get; init; } public static Settings Default { get; } = new(); }
        public sealed record Route;
        public sealed class Connection : IAsyncDisposable { public ValueTask DisposeAsync() => default; }
        """;

    [Theory]
    [InlineData("LF2002", 2, "readonly SwapCell<Dictionary<string, Route>> _routes = new([]); readonly SwapCell<Settings> _settings = new(Settings.Default);")]
    [InlineData("LF2003", 1, "readonly SwapCell<Settings> _settings = new(Settings.Default);")]
    [InlineData("LF2004", 1, "")]
    [InlineData("LF2006", 1, "readonly SwapCell<Connection> _connection = new(new Connection()); static readonly TimeSpan LongestUse = TimeSpan.FromSeconds(30);")]
    public async Task What_a_rules_page_shows_as_before_is_found_and_as_after_is_not(string rule, int findings, string fields)
    {
        string page = File.ReadAllText(Path.Combine(DocumentationTests.RepositoryRoot(), "docs", "rules", rule + ".md")).Replace("\r\n", "\n");
        string before = Regex.Match(page, "## Before\n\n```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        string after = Regex.Match(page, "## After\n\n```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

        Assert.Equal(findings, (await CellSource.FindingsAsync(rule, $"{Around} class C {{ {fields} {before} }}")).Length);
        Assert.Empty(await CellSource.FindingsAsync(rule, $"{Around} class C {{ {fields} {after} }}"));
    }
}

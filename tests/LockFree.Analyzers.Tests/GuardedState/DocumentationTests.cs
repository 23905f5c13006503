using System.Text.RegularExpressions;

namespace LockFree.Analyzers.Tests.GuardedState;

public sealed class DocumentationTests
{
    [Fact]
    public async Task The_worked_example_of_the_internals_page_is_true()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "internals", "guarded-state.md")).Replace("\r\n", "\n");
        string source = Regex.Match(page, "```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        string model = Regex.Match(page, "```text\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

        Assert.Equal(model, AnalyzedSource.ModelTextOf(source));
        Assert.Equal(["LF1001 info _sessions"], await AnalyzedSource.FindingsAsync(source));
    }

    [Theory]
    [InlineData("LF1001", "public sealed class Session(string user) { public string User => user; }")]
    [InlineData("LF2001", "public sealed class RouteTable { public static readonly RouteTable Empty = new(); }")]
    [InlineData("LF2005", "")]
    [InlineData("LF3001", "public sealed class Options { public static Options Default { get; } = new(); public static Task<Options> LoadAsync() => Task.FromResult(new Options()); }")]
    public async Task What_a_rules_page_shows_as_before_is_found(string rule, string rest)
    {
        string page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "rules", rule + ".md")).Replace("\r\n", "\n");
        string before = Regex.Match(page, "## Before\n\n```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

        Assert.Contains(await AnalyzedSource.FindingsAsync(before, rest), finding => finding.StartsWith(rule + " warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_page_of_LF3002_shows_as_before_is_found_and_as_after_is_not()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "rules", "LF3002.md")).Replace("\r\n", "\n");
        string before = Regex.Match(page, "## Before\n\n```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        string after = Regex.Match(page, "## After\n.*?```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

        Assert.Contains("LF3002 warning _lock.EnterReadLock()", await FindingsAsync(before));
        Assert.DoesNotContain("LF3002 warning _lock.EnterReadLock()", await FindingsAsync(after));

        static Task<string[]> FindingsAsync(string member) => AnalyzedSource.FindingsAsync(
            $"using System.Net.WebSockets; using System.Text; class C {{ readonly ReaderWriterLockSlim _lock = new(); readonly List<WebSocket> _sockets = new(); {member} }}");
    }

    [Fact]
    public async Task What_the_page_of_LF3003_shows_as_before_is_found_and_as_after_is_not()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "rules", "LF3003.md")).Replace("\r\n", "\n");
        string before = Regex.Match(page, "## Before\n\n```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        string after = Regex.Match(page, "## After\n.*?```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

        Assert.Equal(["LF3003 warning .CloseAsync().GetAwaiter().GetResult()"], await FindingsAsync(before));
        Assert.DoesNotContain(await FindingsAsync(after), finding => finding.StartsWith("LF3003", StringComparison.Ordinal));

        static Task<string[]> FindingsAsync(string member) => AnalyzedSource.FindingsAsync(
            $"class Connection {{ public Task CloseAsync() => Task.CompletedTask; }} class C {{ readonly object _gate = new(); Connection? _connection = new(); {member} }}");
    }

    internal static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "LockFree.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("LockFree.sln is in none of the folders around the tests.");
    }
}

using System.Text.RegularExpressions;
using LockFree.Analyzers.Tests.GuardedState;

namespace LockFree.Analyzers.Tests.ConcurrentMaps;

/// <summary>The rules' pages show code that the rules find, and code that they do not.</summary>
public sealed class ConcurrentMapPageTests
{
    [Theory]
    [InlineData("LF1002", 2)]
    [InlineData("LF1003", 2)]
    public async Task What_the_page_shows_as_before_is_found_and_as_after_is_not(string rule, int count)
    {
        string page = File.ReadAllText(Path.Combine(DocumentationTests.RepositoryRoot(), "docs", "rules", rule + ".md")).Replace("\r\n", "\n");

        string[] before = await MapSource.FindingsAsync(CodeUnder(page, "Before"));
        Assert.Equal(count, before.Length);
        Assert.All(before, finding => Assert.StartsWith(rule, finding));
        Assert.Empty(await MapSource.FindingsAsync(CodeUnder(page, "After")));
    }

    private static string CodeUnder(string page, string heading) =>
        Regex.Match(page, $"## {heading}\n\n```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
}

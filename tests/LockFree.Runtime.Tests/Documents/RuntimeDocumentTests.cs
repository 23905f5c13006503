using System.Reflection;
using System.Text.RegularExpressions;

namespace LockFree.Tests;

/// <summary>The code in docs/runtime is taken from the files that the documents name above it, which are compiled and tested here.</summary>
public sealed partial class RuntimeDocumentTests
{
    private static readonly string RepositoryRoot = typeof(RuntimeDocumentTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == nameof(RepositoryRoot)).Value!;

    [Theory]
    [InlineData("leased-cell.md")]
    [InlineData("lifecycle.md")]
    [InlineData("swap-cell.md")]
    public void EveryExcerptStandsInTheFileNamedAboveIt(string document)
    {
        var path = Path.Combine(RepositoryRoot, "docs", "runtime", document);
        var excerpts = Excerpt().Matches(File.ReadAllText(path).ReplaceLineEndings("\n"));

        Assert.NotEmpty(excerpts);
        Assert.Equal(File.ReadAllLines(path).Count(line => line == "```csharp"), excerpts.Count);
        Assert.All(excerpts, excerpt =>
        {
            var source = Path.Combine(Path.GetDirectoryName(path)!, excerpt.Groups["path"].Value);
            Assert.Contains(WithoutIndentation(excerpt.Groups["code"].Value), WithoutIndentation(File.ReadAllText(source)));
        });
    }

    private static string WithoutIndentation(string code) =>
        string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()));

    [GeneratedRegex(@"\]\((?<path>[^)]*\.cs)\)[^\n]*\n\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Excerpt();
}

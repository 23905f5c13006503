using System.Reflection;
using System.Text.RegularExpressions;

namespace LockFree.Tests;

/// <summary>The code in docs/runtime is taken from the files that the documents name above it, which are compiled and tested.</summary>
public sealed partial class RuntimeDocumentTests
{
    private static readonly string RepositoryRoot = typeof(RuntimeDocumentTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == nameof(RepositoryRoot)).Value!;

    internal static readonly string Folder = Path.Combine(RepositoryRoot, "docs", "runtime");

    public static TheoryData<string> Documents =>
        new(Directory.EnumerateFiles(Folder, "*.md").Select(path => Path.GetFileName(path)).Order());

    [Theory]
    [MemberData(nameof(Documents))]
    public void EveryExcerptStandsInTheFileNamedAboveIt(string document)
    {
        var text = File.ReadAllText(Path.Combine(Folder, document)).ReplaceLineEndings("\n");
        var excerpts = Excerpt().Matches(text);

        Assert.NotEmpty(excerpts);
        Assert.Equal(CodeBlock().Count(text), excerpts.Count);
        Assert.All(excerpts, excerpt =>
        {
            var source = Path.Combine(Folder, excerpt.Groups["path"].Value);
            Assert.Contains(WithoutIndentation(excerpt.Groups["code"].Value), WithoutIndentation(File.ReadAllText(source)));
        });
    }

    private static string WithoutIndentation(string code) =>
        string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()));

    [GeneratedRegex(@"^ *```csharp$", RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\((?<path>[^)]*\.cs)\)[^\n]*\n\n *```csharp\n(?<code>.*?)\n *```", RegexOptions.Singleline)]
    private static partial Regex Excerpt();
}

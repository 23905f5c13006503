using System.Text.RegularExpressions;

namespace LockFree.Samples.Tests;

/// <summary>The excerpts of docs/checklist.md stand in the samples as they stand there.</summary>
public partial class ChecklistDocumentTests
{
    private static readonly string Documents = SamplesFolder.PathOf("../docs");

    [Fact]
    public void EveryExcerptIsTakenFromTheFilesNamedAboveIt()
    {
        var document = File.ReadAllText(Path.Combine(Documents, "checklist.md"));
        var excerpts = CodeBlock().Matches(document);
        Assert.NotEmpty(excerpts);

        var links = SourceLink().Matches(document);
        foreach (Match excerpt in excerpts)
        {
            var previousEnd = excerpts
                .Where(other => other.Index < excerpt.Index)
                .Select(other => other.Index + other.Length)
                .LastOrDefault();
            var sources = links
                .Where(link => link.Index >= previousEnd && link.Index < excerpt.Index)
                .Select(link => Normalized(File.ReadAllText(Path.Combine(Documents, link.Groups["path"].Value))))
                .ToArray();
            foreach (var piece in excerpt.Groups["code"].Value.Split("…\n").Select(Normalized))
            {
                var isThere = sources.Any(source => source.Contains(piece, StringComparison.Ordinal));
                Assert.True(isThere, $"Not in the files named above it:\n{piece}");
            }
        }
    }

    /// <summary>Without indentation and without the marks of the checklist.</summary>
    private static string Normalized(string code) =>
        string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => Mark().Replace(line, "").Trim())).Trim();

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\((?<path>[^)]*\.cs)\)")]
    private static partial Regex SourceLink();

    [GeneratedRegex(@"// checklist item \d$")]
    private static partial Regex Mark();
}

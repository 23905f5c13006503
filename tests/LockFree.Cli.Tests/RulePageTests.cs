using System.Globalization;
using System.Reflection;
using LockFree.Cli.Rules;
using Microsoft.CodeAnalysis;

namespace LockFree.Cli.Tests;

/// <summary>
/// The pages of the rules say what the descriptors say, and the README's table is made of the pages. <c>LOCKFREE_WRITE_DOCS=1</c> writes
/// the table instead of comparing it.
/// </summary>
public sealed class RulePageTests
{
    private const string TableHead = "| rule | severity | finds | fix |\n| --- | --- | --- | --- |\n";

    private static readonly string Root = typeof(RulePageTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "RepositoryRoot").Value!;

    private static readonly RuleCatalogue Catalogue = RuleCatalogue.LoadShipped();

    private static IEnumerable<DiagnosticDescriptor> MigrationRules => Catalogue.Rules.Where(rule => ChecklistItem.Of(rule.Id) != ChecklistItem.Accessors);

    public static TheoryData<string> RuleIds => [.. Catalogue.Rules.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void A_page_says_what_the_descriptor_says(string id)
    {
        DiagnosticDescriptor rule = Catalogue.Find(id)!;
        Page page = Page.Of(id);

        Assert.Equal($"{id}: {rule.Title.ToString(CultureInfo.InvariantCulture)}", page.Title);
        Assert.Equal(rule.Category, page["Category"]);
        Assert.EndsWith($"/docs/rules/{id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
        string severity = rule.DefaultSeverity == DiagnosticSeverity.Info ? "info" : rule.DefaultSeverity.ToString();
        Assert.Contains(severity, page["Severity"], StringComparison.OrdinalIgnoreCase);
        string item = ChecklistItem.Of(id)!.Number is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number},") : "beside the six:";
        Assert.StartsWith(item, page["Checklist item"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_names_a_fix_exactly_where_there_is_a_fixer()
    {
        foreach (DiagnosticDescriptor rule in MigrationRules)
        {
            bool saysNone = Page.Of(rule.Id)["Fix"].StartsWith("none", StringComparison.OrdinalIgnoreCase);
            Assert.True(saysNone == Catalogue.FixersOf(rule.Id).IsEmpty, $"{rule.Id}: the page says '{Page.Of(rule.Id)["Fix"]}'");
        }
    }

    [Fact]
    public void There_is_no_page_without_a_rule()
    {
        IEnumerable<string> pages = Directory.EnumerateFiles(Path.Combine(Root, "docs", "rules"), "LF*.md").Select(path => Path.GetFileNameWithoutExtension(path)!);

        Assert.Equal(Catalogue.Rules.Select(rule => rule.Id), pages.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_of_the_readme_is_made_of_the_pages()
    {
        string path = Path.Combine(Root, "README.md");
        string readme = File.ReadAllText(path).ReplaceLineEndings("\n");
        int start = readme.IndexOf(TableHead, StringComparison.Ordinal);
        Assert.True(start >= 0, "README.md has no table of the rules");
        int end = readme.IndexOf("| LF9", start, StringComparison.Ordinal);
        string expected = TableHead + string.Concat(MigrationRules.Select(rule => Page.Of(rule.Id).Row));

        if (Environment.GetEnvironmentVariable("LOCKFREE_WRITE_DOCS") == "1")
            File.WriteAllText(path, readme[..start] + expected + readme[end..]);
        else
            Assert.Equal(expected, readme[start..end]);
    }

    private sealed class Page
    {
        private readonly string _id;
        private readonly Dictionary<string, string> _rows;

        private Page(string id, string[] lines)
        {
            _id = id;
            Title = lines[0].TrimStart('#', ' ');
            _rows = lines.SkipWhile(line => line != "| --- | --- |").Skip(1).TakeWhile(line => line.StartsWith('|'))
                .Select(line => line.Trim('|', ' ').Split(" | ", 2))
                .ToDictionary(cells => cells[0], cells => cells[1], StringComparer.Ordinal);
        }

        public string Title { get; }

        /// <summary>The page's line in a table at the root of the repository.</summary>
        public string Row
        {
            get
            {
                string title = Title[(Title.IndexOf(':', StringComparison.Ordinal) + 2)..];
                string fix = this["Fix"].StartsWith("none", StringComparison.Ordinal) ? "–" : this["Fix"].Replace("](LF", "](docs/rules/LF", StringComparison.Ordinal);
                return $"| [{_id}](docs/rules/{_id}.md) | {char.ToLowerInvariant(this["Severity"][0])}{this["Severity"][1..]} | {title} | {fix} |\n";
            }
        }

        public string this[string row] => _rows[row];

        public static Page Of(string id) => new(id, File.ReadAllText(Path.Combine(Root, "docs", "rules", id + ".md")).ReplaceLineEndings("\n").Split('\n'));
    }
}

using LockFree.Generators.Diagnostics;
using LockFree.Generators.Tests.Testing;
using LockFree.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Generators.Tests.Diagnostics;

/// <summary>Every rule has a page, the page tells the truth about the rule, and its examples are what they are said to be.</summary>
public sealed class RulePagesTests
{
    public static TheoryData<string> Rules => new(new ClientAccessorsAnalyzer().SupportedDiagnostics.Select(rule => rule.Id));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Page_has_title_category_and_severity_of_the_rule(string id)
    {
        DiagnosticDescriptor rule = Find(id);
        string page = ReadPage(id);

        Assert.StartsWith($"# {id}: {rule.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains($"| Category | {rule.Category} |", page, StringComparison.Ordinal);
        Assert.Contains($"| Severity | {rule.DefaultSeverity} |", page, StringComparison.Ordinal);
        Assert.EndsWith($"/docs/rules/{id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
    }

    [CSharp13Theory]
    [MemberData(nameof(Rules))]
    public async Task Example_before_is_reported(string id) => Assert.Contains(id, await AnalyzeAsync(id, "Before"));

    [CSharp13Theory]
    [MemberData(nameof(Rules))]
    public async Task Example_after_is_not_reported(string id) => Assert.Empty(await AnalyzeAsync(id, "After"));

    private static async Task<IEnumerable<string>> AnalyzeAsync(string id, string heading)
    {
        // The one rule about old compilers; the newest one has no need for it.
        LanguageVersion version = id == AccessorRules.LanguageVersionTooOld.Id ? LanguageVersion.CSharp12 : LanguageVersion.Latest;
        CSharpParseOptions parse = GeneratorHost.Parse.WithLanguageVersion(version);
        CSharpCompilation compilation = GeneratorHost.Compile(parse, AccessorsExample.In(ReadPage(id), heading));
        return (await GeneratorHost.AnalyzeAsync(compilation)).Select(diagnostic => diagnostic.Id);
    }

    private static DiagnosticDescriptor Find(string id) => new ClientAccessorsAnalyzer().SupportedDiagnostics.Single(rule => rule.Id == id);

    private static string ReadPage(string id) =>
        File.ReadAllText(Path.Combine(TestProject.Directory, "..", "..", "docs", "rules", id + ".md"));
}

using System.Text.RegularExpressions;
using System.Xml.Linq;
using CliWrap.Buffered;

namespace LockFree.EndToEnd.Tests;

/// <summary>What a gallery shows of each package: its links lead somewhere from there, and its example compiles against the package.</summary>
[Collection(PackageFeedCollection.Name)]
public sealed partial class PackageReadmeTests(PackageFeed feed)
{
    private const string Repository = "https://github.com/lockfree-dotnet/lockfree/blob/main/";

    [Theory]
    [InlineData("LockFree")]
    [InlineData("LockFree.Analyzers")]
    [InlineData("LockFree.Cli")]
    [InlineData("LockFree.Hosting")]
    public void Readme_is_the_packages_own_and_its_links_are_absolute_and_alive(string package)
    {
        string readme = feed.ReadPacked(package, "README.md");

        Assert.StartsWith($"# {package}\n", readme.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        MatchCollection links = Link().Matches(readme);
        Assert.NotEmpty(links);
        Assert.All(links, link =>
        {
            string target = link.Groups["target"].Value;
            Assert.StartsWith(Repository, target, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(PackageFeed.RepositoryRoot, target[Repository.Length..])), target);
        });
    }

    [Fact]
    public async Task Example_of_the_runtime_runs()
    {
        Consumer consumer = feed.CreateConsumerOf(ExampleOf("LockFree"), "LockFree", "<OutputType>Exe</OutputType>", "Microsoft.NET.Sdk");
        await consumer.RestoreAsync();

        BufferedCommandResult build = await consumer.BuildAsync("-warnaserror");

        Assert.True(build.IsSuccess, build.StandardOutput);
        Assert.Equal("/orders and /billing\n10\nHello, world\n", await consumer.RunAsync(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Example_of_hosting_compiles_with_nothing_but_its_package()
    {
        Consumer consumer = feed.CreateConsumerOf(ExampleOf("LockFree.Hosting"), "LockFree.Hosting", "", "Microsoft.NET.Sdk.Web");
        await consumer.RestoreAsync();

        BufferedCommandResult build = await consumer.BuildAsync("-warnaserror");

        Assert.True(build.IsSuccess, build.StandardOutput);
    }

    [Fact]
    public async Task Example_of_the_analyzers_is_told_what_the_readme_says()
    {
        Consumer consumer = feed.CreateConsumerOf(ExampleOf("LockFree.Analyzers"), "LockFree.Analyzers", "", "Microsoft.NET.Sdk");
        await consumer.RestoreAsync();

        BufferedCommandResult build = await consumer.BuildAsync();

        Assert.True(build.IsSuccess, build.StandardOutput);
        Assert.Contains(Warning().Match(feed.ReadPacked("LockFree.Analyzers", "README.md")).Groups["text"].Value, build.StandardOutput);
    }

    [Fact]
    public void Hosting_asks_for_the_very_version_of_the_runtime_whose_internals_it_uses()
    {
        XElement runtime = XDocument.Parse(feed.ReadPacked("LockFree.Hosting", ".nuspec"))
            .Descendants().Single(element => element.Name.LocalName == "dependency" && (string?)element.Attribute("id") == "LockFree");

        Assert.Equal("[0.1.0]", (string?)runtime.Attribute("version"));
        Assert.Null(runtime.Attribute("exclude"));
    }

    private string ExampleOf(string package) => Example().Match(feed.ReadPacked(package, "README.md").ReplaceLineEndings("\n")).Groups["code"].Value;

    [GeneratedRegex(@"\]\((?<target>[^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^> (?<text>warning .*)$", RegexOptions.Multiline)]
    private static partial Regex Warning();
}

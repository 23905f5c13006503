using CliWrap.Buffered;

namespace LockFree.EndToEnd.Tests;

[Collection(PackageFeedCollection.Name)]
public sealed class PackageTests(PackageFeed feed)
{
    private const string Output = """
        open alice: True
        open alice again: False
        open bob: True
        alice has 1
        nobody has -1
        1 open
        Hello, world

        """;

    [Fact]
    public async Task Package_warns_in_the_build_and_its_fix_keeps_the_programs_output()
    {
        Consumer consumer = feed.CreateConsumer("WithRuntime", "LockFree");
        await consumer.RestoreAsync();

        BufferedCommandResult build = await consumer.BuildAsync();
        Assert.True(build.IsSuccess, build.StandardOutput);
        Assert.Contains("SessionRegistry.cs(7,46): warning LF1001", build.StandardOutput);
        Assert.Equal(Output, await consumer.RunAsync(), ignoreLineEndingDifferences: true);

        BufferedCommandResult strict = await consumer.BuildAsync("-warnaserror");
        Assert.False(strict.IsSuccess, strict.StandardOutput);
        Assert.Contains("error LF1001", strict.StandardOutput);

        await consumer.ApplyFixesAsync("LF1001");
        string source = consumer.Read("SessionRegistry.cs");
        Assert.Contains("ShardedMap<string, int> _sessions", source);
        Assert.DoesNotContain("_gate", source);

        BufferedCommandResult rebuilt = await consumer.BuildAsync("-warnaserror");
        Assert.True(rebuilt.IsSuccess, rebuilt.StandardOutput);
        Assert.Equal(Output, await consumer.RunAsync(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Analyzers_package_brings_no_runtime_and_fixes_to_the_base_class_library()
    {
        Consumer consumer = feed.CreateConsumer("AnalyzersOnly", "LockFree.Analyzers");
        await consumer.RestoreAsync();

        BufferedCommandResult build = await consumer.BuildAsync();
        Assert.True(build.IsSuccess, build.StandardOutput);
        Assert.Contains("warning LF1001", build.StandardOutput);
        Assert.False(consumer.HasOutput("LockFree*.dll"));
        string before = await consumer.RunAsync();

        await consumer.ApplyFixesAsync("LF1001");
        Assert.Contains("ConcurrentDictionary<string, int> _sessions", consumer.Read("SessionRegistry.cs"));

        BufferedCommandResult rebuilt = await consumer.BuildAsync("-warnaserror");
        Assert.True(rebuilt.IsSuccess, rebuilt.StandardOutput);
        Assert.Equal(before, await consumer.RunAsync());
    }

    [Fact]
    public async Task Hosting_package_brings_the_runtime_and_drains_a_web_host()
    {
        Consumer consumer = feed.CreateConsumer("WithHosting", "LockFree.Hosting", sdk: "Microsoft.NET.Sdk.Web");
        await consumer.RestoreAsync();

        BufferedCommandResult build = await consumer.BuildAsync("-warnaserror");
        Assert.True(build.IsSuccess, build.StandardOutput);
        Assert.Equal("Hello, host\nready\ntask done\nworker ended\n", await consumer.RunAsync(), ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData("-p:LockFreeChecklist=error", "error LF1001")]
    [InlineData("-p:LockFreeChecklistItem1=error", "error LF1001")]
    [InlineData("-p:LockFreeChecklist=eror", "'eror' is not a severity for LockFreeChecklist")]
    public async Task Checklist_property_raises_its_items_and_refuses_a_misspelt_severity(string property, string expected)
    {
        Consumer consumer = feed.CreateConsumer("AnalyzersOnly", "LockFree.Analyzers");
        await consumer.RestoreAsync();

        BufferedCommandResult build = await consumer.BuildAsync(property);

        Assert.False(build.IsSuccess, build.StandardOutput);
        Assert.Contains(expected, build.StandardOutput);
    }

    [Theory]
    [InlineData("-p:LockFreeChecklist=none")]
    [InlineData("-p:LockFreeChecklist=error -p:LockFreeChecklistItem1=none")]
    public async Task Checklist_property_silences_its_items(string properties)
    {
        Consumer consumer = feed.CreateConsumer("AnalyzersOnly", "LockFree.Analyzers");
        await consumer.RestoreAsync();

        BufferedCommandResult build = await consumer.BuildAsync(properties.Split(' '));

        Assert.True(build.IsSuccess, build.StandardOutput);
        Assert.DoesNotContain("LF1001", build.StandardOutput);
    }
}

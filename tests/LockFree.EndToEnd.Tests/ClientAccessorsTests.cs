using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using LockFree.Testing;

namespace LockFree.EndToEnd.Tests;

/// <summary>Accessors compile without a warning for every kind of consumer, with contracts from another assembly, and do what they should.</summary>
[Collection(PackageFeedCollection.Name)]
public sealed class ClientAccessorsTests(PackageFeed feed)
{
    private const string WithProperties = "<DefineConstants>$(DefineConstants);PARTIAL_PROPERTIES</DefineConstants>";

    // What the consumer's own sources would be told about its texts (CA1303) is none of ours.
    private const string Strict = """
        <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
        <AnalysisLevel>latest-all</AnalysisLevel>
        <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
        <GenerateDocumentationFile>true</GenerateDocumentationFile>
        <CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>
        <NoWarn>$(NoWarn);CA1303</NoWarn>
        """;

    private const string MethodOutput = """
        orders has one
        billing is there: False
        missing: eu/billing
        charged
        lazy has two
        north: last

        """;

    private const string PropertyOutput = MethodOutput + """
        orders has three
        orders has made has four
        RecordClients { Orders = there, Absent = not initialised, Attempts = 5 }

        """;

    [Fact]
    public Task Methods_compile_as_CSharp_12_without_annotations_under_every_rule() =>
        AssertBuildsAndRunsAsync("<LangVersion>12</LangVersion><Nullable>disable</Nullable>" + Strict, MethodOutput);

    [Fact]
    public Task Properties_compile_as_CSharp_13_under_every_rule() =>
        AssertBuildsAndRunsAsync("<LangVersion>13</LangVersion>" + WithProperties + Strict, PropertyOutput);

    [Fact]
    public Task Properties_compile_as_CSharp_14_without_annotations() =>
        AssertBuildsAndRunsAsync("<LangVersion>14</LangVersion><Nullable>disable</Nullable>" + WithProperties, PropertyOutput);

    [Fact]
    public async Task Accessors_survive_trimming()
    {
        Consumer consumer = feed.CreateConsumer("Accessors", "LockFree", WithProperties + PackageFeed.TrimmedProperties);
        await consumer.RestoreAsync();

        await AssertRunsAsync(await consumer.PublishAsync("-warnaserror"));
    }

    [NativeLinkerFact]
    public async Task Accessors_are_compiled_ahead_of_time()
    {
        Consumer consumer = feed.CreateConsumer("Accessors", "LockFree", WithProperties + PackageFeed.AheadOfTimeProperties);
        await consumer.RestoreAsync();
        string executable = await consumer.PublishAsync("-warnaserror");
        Assert.False(File.Exists(Path.ChangeExtension(executable, ".dll")), "The program was not compiled ahead of time.");

        await AssertRunsAsync(executable);
    }

    // What cannot be generated the compiler misses, and for that drops what analyzers found.
    [Theory]
    [InlineData("LF9001", 2)]
    [InlineData("LF9002", 2)]
    [InlineData("LF9004", 1)]
    [InlineData("LF9005", 1)]
    [InlineData("LF9006", 1, "-p:LangVersion=12")]
    [InlineData("LF9008", 1)]
    [InlineData("LF9009", 1)]
    public async Task A_build_says_once_why_a_client_is_not_generated(string id, int sites, params string[] arguments)
    {
        Consumer consumer = feed.CreateConsumer("BrokenAccessors", "LockFree");
        string page = await File.ReadAllTextAsync(Path.Combine(PackageFeed.RepositoryRoot, "docs", "rules", id + ".md"));
        consumer.Write("Example.cs", AccessorsExample.In(page, "Before"));
        await consumer.RestoreAsync();

        BufferedCommandResult build = await consumer.BuildAsync(["-p:ErrorLog=build.sarif%2Cversion=2.1", .. arguments]);

        Assert.False(build.IsSuccess, build.StandardOutput);
        Assert.Matches($@"Example\.cs\(\d+,\d+\): (error|warning) {id}: ", build.StandardOutput);
        Assert.Equal(sites, Regex.Count(consumer.Read("build.sarif"), $"\"ruleId\": \"{id}\""));
    }

    private async Task AssertBuildsAndRunsAsync(string properties, string output)
    {
        Consumer consumer = feed.CreateConsumer("Accessors", "LockFree", properties);
        await consumer.RestoreAsync();

        BufferedCommandResult build = await consumer.BuildAsync("-warnaserror");
        Assert.True(build.IsSuccess, build.StandardOutput);
        Assert.Equal(output, await consumer.RunAsync(), ignoreLineEndingDifferences: true);
    }

    private static async Task AssertRunsAsync(string executable)
    {
        BufferedCommandResult run = await Cli.Wrap(executable).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        Assert.True(run.IsSuccess, run.StandardError);
        Assert.Equal(PropertyOutput, run.StandardOutput, ignoreLineEndingDifferences: true);
    }
}

using CliWrap;
using CliWrap.Buffered;

namespace LockFree.EndToEnd.Tests;

/// <summary>The runtime keeps its promise to be trimmed and compiled ahead of time.</summary>
[Collection(PackageFeedCollection.Name)]
public sealed class AheadOfTimeTests(PackageFeed feed)
{
    private const string Output = """
        one=1 two=2
        one=1 three=5 two=2
        {"one":1}
        one=1
        20000 added
        made once: 7
        made later: 8
        set of 2
        cell: second
        hub: client

        """;

    [NativeLinkerFact]
    public async Task A_native_program_is_published_without_a_warning_and_does_what_it_should()
    {
        Consumer consumer = feed.CreateConsumer("AheadOfTime", "LockFree", PackageFeed.AheadOfTimeProperties);
        await consumer.RestoreAsync();
        string executable = await consumer.PublishAsync("-warnaserror");
        Assert.False(File.Exists(Path.ChangeExtension(executable, ".dll")), "The program was not compiled ahead of time.");

        BufferedCommandResult run = await Cli.Wrap(executable).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        Assert.True(run.IsSuccess, run.StandardError);
        Assert.Equal(Output, run.StandardOutput, ignoreLineEndingDifferences: true);
    }
}

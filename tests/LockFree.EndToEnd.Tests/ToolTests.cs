using CliWrap;
using CliWrap.Buffered;

namespace LockFree.EndToEnd.Tests;

[Collection(PackageFeedCollection.Name)]
public sealed class ToolTests(PackageFeed feed)
{
    [Fact]
    public async Task Installed_tool_checks_a_folder()
    {
        string lockfree = await feed.InstallToolAsync();

        BufferedCommandResult legacy = await CheckAsync(lockfree, "LegacyGateway");
        Assert.Equal(1, legacy.ExitCode);
        Assert.Contains("LF1001", legacy.StandardOutput);

        BufferedCommandResult migrated = await CheckAsync(lockfree, "Gateway");
        Assert.True(migrated.ExitCode == 0, migrated.StandardOutput + migrated.StandardError);
    }

    private static async Task<BufferedCommandResult> CheckAsync(string lockfree, string sample) =>
        await Cli.Wrap(lockfree)
            .WithArguments(["check", Path.Combine(PackageFeed.RepositoryRoot, "samples", sample)])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
}

using CliWrap.Buffered;

namespace LockFree.EndToEnd.Tests;

/// <summary>A project as a user has it: its sources, one package reference, and the commands a user types.</summary>
public sealed class Consumer(PackageFeed feed, string folder)
{
    public Task RestoreAsync() => feed.DotnetAsync(folder, "restore");

    /// <summary>A full build: an incremental one would print no warning a second time.</summary>
    public Task<BufferedCommandResult> BuildAsync(params string[] arguments) =>
        feed.TryDotnetAsync(folder, ["build", "--no-restore", "--no-incremental", .. arguments]);

    public Task<string> RunAsync() => feed.DotnetAsync(folder, "run", "--no-build");

    /// <summary>Publishes the program and returns the path of its executable.</summary>
    public async Task<string> PublishAsync(params string[] arguments)
    {
        string output = Path.Combine(folder, "published");
        await feed.DotnetAsync(folder, ["publish", "--no-restore", "-o", output, .. arguments]);
        return Path.Combine(output, OperatingSystem.IsWindows() ? "Consumer.exe" : "Consumer");
    }

    public Task<string> ApplyFixesAsync(string ruleId) =>
        feed.DotnetAsync(folder, "format", "analyzers", "Consumer.csproj", "--no-restore", "--diagnostics", ruleId, "--severity", "info");

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);

    public string Read(string file) => File.ReadAllText(Path.Combine(folder, file));

    public bool HasOutput(string file) => Directory.EnumerateFiles(Path.Combine(folder, "bin"), file, SearchOption.AllDirectories).Any();
}

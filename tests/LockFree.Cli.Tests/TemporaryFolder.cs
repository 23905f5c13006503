using System.Diagnostics;

namespace LockFree.Cli.Tests;

/// <summary>A folder of its own for one test, far from the configuration files of this repository.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("lockfree-cli-").FullName;

    public string Path { get; }

    public string this[string relativePath] => System.IO.Path.Combine(Path, relativePath);

    public string Write(string relativePath, string content)
    {
        string path = this[relativePath];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public string Write(string relativePath, byte[] content)
    {
        string path = Write(relativePath, "");
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Read(string relativePath) => File.ReadAllText(this[relativePath]);

    /// <summary>Restores a project or solution in this folder.</summary>
    public async Task RestoreAsync(string relativePath)
    {
        using Process restore = Process.Start(new ProcessStartInfo("dotnet", ["restore", relativePath]) { WorkingDirectory = Path, RedirectStandardOutput = true })!;
        string output = await restore.StandardOutput.ReadToEndAsync();
        await restore.WaitForExitAsync();
        Assert.True(restore.ExitCode == 0, output);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

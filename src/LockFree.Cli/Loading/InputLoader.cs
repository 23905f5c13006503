using LockFree.Cli.Loading.Loose;

namespace LockFree.Cli.Loading;

/// <summary>Decides how each given path is read.</summary>
internal static class InputLoader
{
    /// <summary>Loads everything the paths name.</summary>
    /// <param name="paths">Full paths.</param>
    /// <param name="loose">Read project and solution files without MSBuild, as folders always are.</param>
    /// <param name="cancellationToken">Stops loading.</param>
    /// <exception cref="InputException">A path leads nowhere, or to something that cannot be checked.</exception>
    public static Task<LoadedInput> LoadAsync(IReadOnlyList<string> paths, bool loose, CancellationToken cancellationToken)
    {
        LooseLoader looseLoader = new();
        foreach (string path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Directory.Exists(path))
                looseLoader.AddFolder(Path.TrimEndingDirectorySeparator(path));
            else if (File.Exists(path))
                looseLoader.AddProject(path);
            else
                throw new InputException($"{path}: no such file or folder; give a .sln, .slnx or .csproj file, or a folder of C# sources.");
        }

        return Task.FromResult(looseLoader.Load());
    }
}

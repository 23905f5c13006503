namespace LockFree.Cli.Loading.MSBuild;

/// <summary>
/// Tells whether a project was restored. MSBuild's design-time build of one that was not succeeds without a word and leaves the
/// packages out.
/// </summary>
internal static class RestoreState
{
    private const string AssetsFile = "project.assets.json";

    /// <param name="projectFile">The project.</param>
    /// <param name="intermediateAssembly">Where its assembly is written first, such as <c>obj/Debug/net10.0/App.dll</c>.</param>
    public static bool IsRestored(string projectFile, string? intermediateAssembly)
    {
        string projectFolder = Path.GetDirectoryName(projectFile)!;
        if (File.Exists(Path.Combine(projectFolder, "obj", AssetsFile)) || !UsesPackages(projectFile))
            return true;

        // The intermediate folder may have been moved; the assets file lies in it or in one of the few folders above.
        string? folder = Path.GetDirectoryName(intermediateAssembly);
        for (int level = 0; level < 3 && folder is not null; level++, folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, AssetsFile)))
                return true;
        }

        return false;
    }

    // A project of the old format without package references builds without a restore.
    private static bool UsesPackages(string projectFile)
    {
        string text = File.ReadAllText(projectFile);
        return text.Contains("Sdk", StringComparison.Ordinal) || text.Contains("PackageReference", StringComparison.Ordinal);
    }
}

using System.Collections.Immutable;

namespace LockFree.Cli.Loading.Loose;

/// <summary>Finds the configuration files the compiler would be given: beside the sources and in every folder above them.</summary>
internal static class AnalyzerConfigFiles
{
    /// <summary>Full paths, outermost first. <c>root = true</c> is left to the compiler, which reads it from the files.</summary>
    public static ImmutableArray<string> For(string projectFolder, IEnumerable<string> sources)
    {
        HashSet<string> folders = new(StringComparer.Ordinal);
        foreach (string source in sources)
        {
            foreach (string folder in SourceFolders.FolderAndAbove(Path.GetDirectoryName(source)!))
            {
                if (!folders.Add(folder))
                    break; // those above it are known as well
            }
        }

        IEnumerable<string> editorConfigs = folders.Order(StringComparer.Ordinal).Select(folder => Path.Combine(folder, ".editorconfig"));
        IEnumerable<string> globalConfigs = SourceFolders.FolderAndAbove(projectFolder).Reverse().Select(folder => Path.Combine(folder, ".globalconfig"));
        return [.. editorConfigs.Concat(globalConfigs).Where(File.Exists)];
    }
}

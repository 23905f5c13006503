namespace LockFree.Cli.Loading.Loose;

/// <summary>Walks source folders and stays out of those that hold no sources of the project: build output, packages, hidden folders.</summary>
internal static class SourceFolders
{
    private static readonly HashSet<string> Skipped = new(StringComparer.OrdinalIgnoreCase) { "bin", "obj", "node_modules" };

    private static readonly EnumerationOptions Everything = new() { IgnoreInaccessible = true, AttributesToSkip = 0 };

    /// <summary>
    /// Full paths of the files under <paramref name="folder"/> that match, in ordinal order. A link to a folder is not followed: what it
    /// points to is either found where it lies or is not part of the folder.
    /// </summary>
    public static IEnumerable<string> FilesUnder(string folder, string pattern)
    {
        Stack<DirectoryInfo> pending = new([new DirectoryInfo(folder)]);
        List<string> files = [];
        while (pending.TryPop(out DirectoryInfo? current))
        {
            files.AddRange(current.EnumerateFiles(pattern, Everything).Select(file => file.FullName));
            foreach (DirectoryInfo child in current.EnumerateDirectories("*", Everything))
            {
                if (child.LinkTarget is null && !child.Name.StartsWith('.') && !Skipped.Contains(child.Name))
                    pending.Push(child);
            }
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    /// <summary>Whether <paramref name="path"/> is <paramref name="folder"/> or lies under it.</summary>
    public static bool Contains(string folder, string path) =>
        path.Equals(folder, StringComparison.Ordinal) || path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The folder and those above it, nearest first.</summary>
    public static IEnumerable<string> FolderAndAbove(string folder)
    {
        for (string? current = folder; current is not null; current = Path.GetDirectoryName(current))
            yield return current;
    }
}

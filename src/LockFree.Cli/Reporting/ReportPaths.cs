namespace LockFree.Cli.Reporting;

/// <summary>Writes paths the way a reader at <paramref name="baseFolder"/> would type them.</summary>
internal sealed class ReportPaths(string baseFolder)
{
    public string BaseFolder { get; } = Path.TrimEndingDirectorySeparator(baseFolder);

    /// <summary>The path relative to the base folder; as it is where it lies outside.</summary>
    public string Relative(string path)
    {
        string relative = Path.GetRelativePath(BaseFolder, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative.Replace('\\', '/');
    }

    /// <summary>A message with the paths in it relative to the base folder.</summary>
    public string InMessage(string message) => message.Replace(BaseFolder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
}

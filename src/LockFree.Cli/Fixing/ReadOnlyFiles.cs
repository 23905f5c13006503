namespace LockFree.Cli.Fixing;

/// <summary>Files marked as not to be written. Moving a new file over one would succeed all the same, and be wrong.</summary>
internal static class ReadOnlyFiles
{
    private const string Remedy = ": is read-only; make it writable and run the fix again";

    public static bool IsReadOnly(string path)
    {
        if (OperatingSystem.IsWindows())
            return File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly);
        return (File.GetUnixFileMode(path) & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0;
    }

    /// <summary>Why a fix that would change <paramref name="path"/> is not applied.</summary>
    public static string Refusal(string path) => path + Remedy;

    /// <summary>Whether a fix was not applied for this reason.</summary>
    public static bool IsRefusal(string reason) => reason.EndsWith(Remedy, StringComparison.Ordinal);
}

namespace LockFree.Cli.Fixing;

/// <summary>
/// New content for a file, written beside it and moved over it in one step: whoever looks, even after a crash, sees the old file or
/// the new one. The file keeps its permissions, and a link stays a link to the file it names.
/// </summary>
internal sealed class StagedFile : IDisposable
{
    private readonly string _target;
    private readonly string _temporary;
    private bool _committed;

    private StagedFile(string target)
    {
        _target = target;
        _temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
    }

    /// <summary>Writes the content, not yet under the file's name.</summary>
    /// <exception cref="IOException">The folder cannot be written to, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static StagedFile Stage(string path, ReadOnlySpan<byte> content)
    {
        StagedFile staged = new(File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path);
        try
        {
            using (FileStream stream = new(staged._temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true); // the name must not reach the disk before the content
            }

            if (!OperatingSystem.IsWindows() && File.Exists(staged._target))
                File.SetUnixFileMode(staged._temporary, File.GetUnixFileMode(staged._target));
            return staged;
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    /// <summary>Puts the content in place of the file.</summary>
    public void Commit()
    {
        File.Move(_temporary, _target, overwrite: true);
        _committed = true;
    }

    /// <summary>Takes the content away again unless it was put in place.</summary>
    public void Dispose()
    {
        if (!_committed)
            File.Delete(_temporary);
    }
}

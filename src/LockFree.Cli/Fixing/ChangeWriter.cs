using LockFree.Cli.Loading;

namespace LockFree.Cli.Fixing;

/// <summary>Writes changed sources: all of them, or none.</summary>
internal static class ChangeWriter
{
    /// <summary>Writes <paramref name="files"/>. All new content is on disk before the first file is replaced.</summary>
    /// <exception cref="InputException">A file was changed by somebody else, or cannot be written.</exception>
    public static void Write(IEnumerable<SourceFile> files, CancellationToken cancellationToken)
    {
        List<StagedFile> staged = [];
        try
        {
            foreach (SourceFile file in files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!file.IsUnchangedOnDisk())
                    throw new InputException($"{file.Path}: was changed while the fixes were computed; nothing was written, run the fix again.");
                staged.Add(Stage(file));
            }

            foreach (StagedFile file in staged)
                file.Commit();
        }
        finally
        {
            staged.ForEach(file => file.Dispose());
        }
    }

    private static StagedFile Stage(SourceFile file)
    {
        try
        {
            return StagedFile.Stage(file.Path, file.Encode());
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file.Path}: cannot be written ({unwritable.Message.TrimEnd('.')}); nothing was written, make its folder writable.");
        }
    }
}

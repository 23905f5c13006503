using System.Text;
using LockFree.Cli.Fixing;
using LockFree.Cli.Loading;

namespace LockFree.Cli.Commands;

/// <summary>Where a report goes: the standard output, or a file that is replaced in one step.</summary>
internal sealed class ReportDestination(CommandContext context, string? file)
{
    /// <param name="write">Writes the report; is told whether colours are wanted.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public void Write(Action<TextWriter, bool> write)
    {
        if (file is null)
        {
            write(context.Output, context.OutputColours);
            return;
        }

        using StringWriter report = new() { NewLine = "\n" };
        write(report, false);
        try
        {
            using StagedFile staged = StagedFile.Stage(Path.GetFullPath(file, context.WorkingFolder), Encoding.UTF8.GetBytes(report.ToString()));
            staged.Commit();
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file}: the report cannot be written there ({unwritable.Message.TrimEnd('.')}); give a file in an existing, writable folder.");
        }
    }
}

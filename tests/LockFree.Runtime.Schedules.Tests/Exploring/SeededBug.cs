namespace LockFree.Schedules;

/// <summary>A deliberate fault in the runtime: one piece of one source file replaced by another.</summary>
/// <param name="File">The file, from the runtime's folder.</param>
/// <param name="Replace">The right code, as it stands there exactly once; the line breaks and indentation count.</param>
/// <param name="By">The wrong code.</param>
internal sealed record SeededBug(string File, string Replace, string By)
{
    /// <exception cref="InvalidOperationException">The source does not have what is to be replaced, or has it more than once.</exception>
    public string ApplyTo(string source)
    {
        int count = source.Split(Replace).Length - 1;
        return count == 1
            ? source.Replace(Replace, By)
            : throw new InvalidOperationException(
                $"{File} has this {count} times instead of once; if the code has changed on purpose, write the same fault anew:\n{Replace}");
    }
}

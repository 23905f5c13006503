namespace LockFree.Mutants;

/// <summary>One deliberate fault: what it breaks, where, and which tests have to notice.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="What">What is wrong with the code that has it.</param>
/// <param name="File">The source file, from the root of the repository.</param>
/// <param name="Target">The tests that have to fail.</param>
/// <param name="IsQuick">Whether the short run has it.</param>
/// <param name="Equivalent">Why no test on this machine could tell the difference; null for every mutant that counts.</param>
/// <param name="Replacements">What is changed.</param>
internal sealed record Mutant(
    string Name, string What, string File, TestTarget Target, bool IsQuick, string? Equivalent, IReadOnlyList<Replacement> Replacements)
{
    /// <summary>The source with the fault in it.</summary>
    /// <exception cref="InvalidDataException">The source no longer has what the mutant replaces, or has it more than once.</exception>
    public string ApplyTo(string source)
    {
        foreach (Replacement replacement in Replacements)
        {
            int count = replacement.TryApply(ref source);
            if (count != 1)
            {
                throw new InvalidDataException(
                    $"""
                    {File} has these lines {(count == 0 ? "no longer" : $"{count} times")}:
                    {string.Join('\n', replacement.Old.Select(line => $"    | {line}"))}
                    If the code has changed on purpose, write the same fault into tests/mutants/{Name}.mutant anew.
                    """);
            }
        }
        return source;
    }
}

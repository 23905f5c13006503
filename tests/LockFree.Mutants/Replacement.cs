namespace LockFree.Mutants;

/// <summary>Whole lines that are replaced by others. Indentation does not count.</summary>
internal sealed record Replacement(IReadOnlyList<string> Old, IReadOnlyList<string> New)
{
    /// <summary>How often the source has the old lines; if once, they are replaced.</summary>
    public int TryApply(ref string source)
    {
        string[] lines = source.Split('\n');
        int[] matches = [.. Enumerable.Range(0, lines.Length).Where(start => IsAt(lines, start))];
        if (matches is [int only])
            source = string.Join('\n', [.. lines[..only], .. New, .. lines[(only + Old.Count)..]]);
        return matches.Length;
    }

    private bool IsAt(string[] lines, int start) =>
        start + Old.Count <= lines.Length && Old.Select((line, offset) => lines[start + offset].Trim() == line).All(isSame => isSame);
}

namespace LockFree.Mutants;

/// <summary>
/// Reads a mutant: lines <c>name: text</c>, then one or more pairs of the lines to replace, after <c>--- replace</c>, and what to put there, after
/// <c>--- by</c>.
/// </summary>
internal static class MutantFile
{
    private const string Extension = ".mutant";
    private const string ReplaceMark = "--- replace";
    private const string ByMark = "--- by";

    private static readonly string[] Required = ["what", "file", "project", "tests"];
    private static readonly string[] Optional = ["quick", "equivalent"];

    public static IReadOnlyList<Mutant> LoadAll(string folder) =>
        [.. Directory.GetFiles(folder, "*" + Extension).Order(StringComparer.Ordinal).Select(Load)];

    private static Mutant Load(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        string[] lines = [.. File.ReadAllLines(path).Select(line => line.Trim())];
        int body = Array.IndexOf(lines, ReplaceMark);
        if (body < 0)
            throw new InvalidDataException($"{path} replaces nothing.");

        Dictionary<string, string> header = lines[..body]
            .Where(line => line.Length > 0)
            .Select(line => line.Split(": ", 2))
            .ToDictionary(
                parts => parts[0],
                parts => parts.ElementAtOrDefault(1) ?? throw new InvalidDataException($"{path}: '{parts[0]}' is no 'name: text'."));
        if (Required.Except(header.Keys).ToArray() is [string missing, ..])
            throw new InvalidDataException($"{path} has no line '{missing}: …'.");
        if (header.Keys.Except(Required).Except(Optional).ToArray() is [string unknown, ..])
            throw new InvalidDataException($"{path} has a line '{unknown}: …', which means nothing.");
        return new Mutant(
            name,
            header["what"],
            header["file"],
            new TestTarget(header["project"], header["tests"]),
            header.GetValueOrDefault("quick") == "yes",
            header.GetValueOrDefault("equivalent"),
            [.. ReplacementsOf(lines[body..])]);
    }

    private static IEnumerable<Replacement> ReplacementsOf(string[] lines)
    {
        while (lines.Length > 0)
        {
            int by = Array.IndexOf(lines, ByMark);
            if (by < 0)
                throw new InvalidDataException($"A '{ReplaceMark}' has no '{ByMark}'.");
            int next = Array.IndexOf(lines, ReplaceMark, by + 1);
            int end = next < 0 ? lines.Length : next;
            yield return new Replacement(WithoutBlankEnds(lines[1..by]), WithoutBlankEnds(lines[(by + 1)..end]));
            lines = lines[end..];
        }
    }

    private static string[] WithoutBlankEnds(string[] lines) =>
        [.. lines.SkipWhile(line => line.Length == 0).Reverse().SkipWhile(line => line.Length == 0).Reverse()];
}

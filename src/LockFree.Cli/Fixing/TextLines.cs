namespace LockFree.Cli.Fixing;

/// <summary>A line of text and the line end that follows it, empty for a last line without one.</summary>
internal readonly record struct TextLine(string Content, string Ending);

/// <summary>A text as lines that keep their line ends.</summary>
internal static class TextLines
{
    public static IReadOnlyList<TextLine> Split(string text)
    {
        List<TextLine> lines = [];
        int start = 0;
        while (start < text.Length)
        {
            int end = text.AsSpan(start).IndexOfAny('\r', '\n');
            if (end < 0)
            {
                lines.Add(new TextLine(text[start..], ""));
                break;
            }

            end += start;
            int next = text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? end + 2 : end + 1;
            lines.Add(new TextLine(text[start..end], text[end..next]));
            start = next;
        }

        return lines;
    }

    /// <summary>The line end most lines have; a line feed for text of one line.</summary>
    public static string UsualEnding(IEnumerable<TextLine> lines) => lines
        .Where(line => line.Ending.Length > 0)
        .CountBy(line => line.Ending)
        .OrderByDescending(count => count.Value)
        .Select(count => count.Key)
        .FirstOrDefault("\n");
}

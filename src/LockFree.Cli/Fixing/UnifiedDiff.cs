using System.Globalization;
using DiffPlex.Model;
using LockFree.Cli.Reporting;

namespace LockFree.Cli.Fixing;

/// <summary>Writes changes as a patch that <c>git apply</c> and <c>patch -p1</c> take.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <param name="path">The file, relative to where the patch will be applied.</param>
    /// <param name="difference">Its change.</param>
    /// <param name="writer">Where the patch goes.</param>
    public static void Write(string path, LineDifference difference, StyledWriter writer)
    {
        writer.Write("--- a/" + path, TextStyle.Heading).Write("\n");
        writer.Write("+++ b/" + path, TextStyle.Heading).Write("\n");
        for (int first = 0; first < difference.Blocks.Count;)
        {
            int last = first;
            while (last + 1 < difference.Blocks.Count && Gap(difference.Blocks[last], difference.Blocks[last + 1]) <= 2 * Context)
                last++;
            WriteHunk(difference, [.. difference.Blocks.Skip(first).Take(last - first + 1)], writer);
            first = last + 1;
        }

        static int Gap(DiffBlock left, DiffBlock right) => right.DeleteStartA - (left.DeleteStartA + left.DeleteCountA);
    }

    private static void WriteHunk(LineDifference difference, DiffBlock[] blocks, StyledWriter writer)
    {
        int start = Math.Max(0, blocks[0].DeleteStartA - Context);
        int end = Math.Min(difference.Before.Count, blocks[^1].DeleteStartA + blocks[^1].DeleteCountA + Context);
        int removed = blocks.Sum(block => block.DeleteCountA);
        int added = blocks.Sum(block => block.InsertCountB);
        int startAfter = blocks[0].InsertStartB - (blocks[0].DeleteStartA - start);
        writer.Write($"@@ -{Range(start, end - start)} +{Range(startAfter, end - start - removed + added)} @@", TextStyle.Note).Write("\n");

        int position = start;
        foreach (DiffBlock block in blocks)
        {
            WriteLines(' ', difference.Before, position, block.DeleteStartA, TextStyle.Plain, writer);
            WriteLines('-', difference.Before, block.DeleteStartA, block.DeleteStartA + block.DeleteCountA, TextStyle.Removed, writer);
            WriteLines('+', difference.After, block.InsertStartB, block.InsertStartB + block.InsertCountB, TextStyle.Added, writer);
            position = block.DeleteStartA + block.DeleteCountA;
        }

        WriteLines(' ', difference.Before, position, end, TextStyle.Plain, writer);
    }

    // Lines count from 1; an empty range names the line before it.
    private static string Range(int start, int count) => string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? start : start + 1)},{count}");

    private static void WriteLines(char sign, IReadOnlyList<TextLine> lines, int from, int to, TextStyle style, StyledWriter writer)
    {
        for (int index = from; index < to; index++)
        {
            // The patch carries the file's own line ends: only their line feed belongs to the patch.
            string carriageReturn = lines[index].Ending.StartsWith('\r') ? "\r" : "";
            writer.Write(sign + lines[index].Content, style).Write(carriageReturn + "\n");
            if (lines[index].Ending.Length == 0)
                writer.Write("\\ No newline at end of file\n");
        }
    }
}

using System.Text;
using DiffPlex;
using DiffPlex.Chunkers;
using DiffPlex.Model;

namespace LockFree.Cli.Fixing;

/// <summary>How two texts differ, line by line, line ends aside.</summary>
internal sealed class LineDifference
{
    private LineDifference(IReadOnlyList<TextLine> before, IReadOnlyList<TextLine> after, IReadOnlyList<DiffBlock> blocks)
    {
        Before = before;
        After = after;
        Blocks = blocks;
    }

    public IReadOnlyList<TextLine> Before { get; }

    public IReadOnlyList<TextLine> After { get; }

    /// <summary>The stretches that differ, in order.</summary>
    public IReadOnlyList<DiffBlock> Blocks { get; }

    public static LineDifference Between(string before, string after)
    {
        CustomFunctionChunker lines = new(text => [.. TextLines.Split(text).Select(line => line.Content)]);
        DiffResult result = Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: false, ignoreCase: false, lines);
        return new LineDifference(TextLines.Split(before), TextLines.Split(after), [.. result.DiffBlocks]);
    }

    /// <summary>
    /// The text after, with the line ends of the text before: a line that did not change keeps its own, a new one gets the file's usual one,
    /// and the last line ends as the file's last line did. Fixers need not know how a file ends its lines.
    /// </summary>
    public string AfterWithLineEndsOfBefore()
    {
        string usual = TextLines.UsualEnding(Before);
        bool endsWithLineEnd = Before.Count == 0 || Before[^1].Ending.Length > 0;
        StringBuilder text = new();
        for (int index = 0; index < After.Count; index++)
        {
            text.Append(After[index].Content);
            string ending = CounterpartOf(index) is { } before && Before[before].Ending is { Length: > 0 } own ? own : usual;
            if (index < After.Count - 1 || endsWithLineEnd)
                text.Append(ending);
        }

        return text.ToString();
    }

    /// <summary>The number that a line of the text after had in the text before; for one that is new or changed, that of the line it stands for.</summary>
    public int LineBefore(int after)
    {
        if (CounterpartOf(after) is { } unchanged)
            return unchanged;

        DiffBlock block = Blocks.Last(block => block.InsertStartB <= after);
        int offset = Math.Min(after - block.InsertStartB, Math.Max(block.DeleteCountA - 1, 0));
        return Math.Min(block.DeleteStartA + offset, Math.Max(Before.Count - 1, 0));
    }

    private int? CounterpartOf(int after)
    {
        int shift = 0;
        foreach (DiffBlock block in Blocks)
        {
            if (after < block.InsertStartB)
                break;
            if (after < block.InsertStartB + block.InsertCountB)
                return null;
            shift = block.DeleteStartA + block.DeleteCountA - block.InsertStartB - block.InsertCountB;
        }

        return after + shift;
    }
}

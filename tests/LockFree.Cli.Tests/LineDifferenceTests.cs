using LockFree.Cli.Fixing;
using LockFree.Cli.Reporting;

namespace LockFree.Cli.Tests;

public sealed class LineDifferenceTests
{
    [Theory]
    [InlineData("a\r\nb\r\nc\r\n", "a\nx\nc\n", "a\r\nx\r\nc\r\n")]
    [InlineData("a\nb\r\nc\n", "a\nb\nc\n", "a\nb\r\nc\n")]
    [InlineData("a\nb", "a\nb\nc\n", "a\nb\nc")]
    [InlineData("a\nb\n", "a\nb", "a\nb\n")]
    [InlineData("a\rb\r", "a\nx\nb\n", "a\rx\rb\r")]
    [InlineData("a\r\nb\r\n", "b\r\n", "b\r\n")]
    [InlineData("a\n\n\nb\n", "a\nb\n", "a\nb\n")]
    [InlineData("", "a\n", "a\n")]
    [InlineData("a\n", "", "")]
    public void Changed_text_gets_the_line_ends_of_the_file(string before, string after, string expected) =>
        Assert.Equal(expected, LineDifference.Between(before, after).AfterWithLineEndsOfBefore());

    [Theory]
    [InlineData("a\nb\nc\n", "a\nb\nc\n", new[] { 0, 1, 2 })]
    [InlineData("a\nb\n", "new\na\nnew\nb\n", new[] { 0, 0, 1, 1 })]
    [InlineData("a\nb\nc\n", "c\n", new[] { 2 })]
    [InlineData("a\nb\nc\nd\n", "a\nB\nC\nnew\nd\n", new[] { 0, 1, 2, 2, 3 })]
    [InlineData("a\n", "a\nnew\nnew\n", new[] { 0, 0, 0 })]
    [InlineData("", "new\n", new[] { 0 })]
    public void A_line_is_found_where_it_was_before(string before, string after, int[] expected)
    {
        var difference = LineDifference.Between(before, after);

        Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(difference.LineBefore));
    }

    [Fact]
    public void Random_changes_keep_every_line_and_end_lines_as_the_file_does()
    {
        Random random = new(20261123);
        for (int run = 0; run < 500; run++)
        {
            List<string> before = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(6).ToString())];
            List<string> after = [.. before];
            for (int edit = random.Next(5); edit > 0; edit--)
            {
                int place = random.Next(after.Count + 1);
                if (place < after.Count && random.Next(2) == 0)
                    after.RemoveAt(place);
                else
                    after.Insert(place, "new");
            }

            string ending = random.Next(2) == 0 ? "\r\n" : "\n";
            string result = LineDifference.Between(Text(before, ending), Text(after, "\n")).AfterWithLineEndsOfBefore();

            Assert.Equal(Text(after, ending), result);
        }

        static string Text(List<string> lines, string ending) => string.Concat(lines.Select(line => line + ending));
    }

    [Fact]
    public void Distant_changes_are_hunks_of_their_own_and_near_ones_share_one()
    {
        string before = string.Concat(Enumerable.Range(1, 30).Select(line => $"{line}\n"));
        string after = before.Replace("\n5\n", "\nfive\n").Replace("\n9\n", "\n").Replace("\n28\n", "\n28\n28b\n");
        StringWriter patch = new() { NewLine = "\n" };

        UnifiedDiff.Write("f", LineDifference.Between(before, after), new StyledWriter(patch, colours: false));

        Assert.Equal("""
            --- a/f
            +++ b/f
            @@ -2,11 +2,10 @@
             2
             3
             4
            -5
            +five
             6
             7
             8
            -9
             10
             11
             12
            @@ -26,5 +25,6 @@
             26
             27
             28
            +28b
             29
             30

            """.ReplaceLineEndings("\n"), patch.ToString());
    }

    [Fact]
    public void A_missing_last_line_end_is_marked()
    {
        StringWriter patch = new() { NewLine = "\n" };

        UnifiedDiff.Write("f", LineDifference.Between("a\nb", "a\nc"), new StyledWriter(patch, colours: false));

        Assert.EndsWith("-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n", patch.ToString());
    }
}

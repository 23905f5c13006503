using LockFree.Cli.Reporting;
using LockFree.Cli.Rules;

namespace LockFree.Cli.Tests;

public sealed class RuleCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rules_are_listed_under_their_items()
    {
        CommandRun run = await CommandRun.InAsync(_folder, "rules");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("3. Keep reader-writer and thread-affine locks out of async code\n  no rule yet\n4. Use a CancellationToken for graceful shutdown\n"
            + "  LF4901  A legacy field (warning, with a fix)\n5. Move client lookup out of handlers into initialization\n  LF5901  A dubious field (info)\n", run.Output);
    }

    [Fact]
    public async Task The_shipped_rules_are_found_and_each_belongs_to_an_item()
    {
        RuleCatalogue shipped = RuleCatalogue.LoadShipped();

        Assert.NotNull(shipped.Find("LF1001"));
        Assert.NotNull(shipped.Find("lf6001"));
        Assert.NotEmpty(shipped.FixersOf("LF6001"));
        Assert.NotEmpty(shipped.Generators);
        Assert.All(shipped.Rules, rule => Assert.NotNull(ChecklistItem.Of(rule.Id)));

        CommandRun run = await CommandRun.ShippedInAsync(_folder.Path, "explain", "lf6001");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("# LF6001", run.Output);
    }

    [Theory]
    [InlineData("LF1001", 1)]
    [InlineData("LF6003", 6)]
    [InlineData("LF9012", null)]
    public void The_first_digit_names_the_item(string rule, int? item) => Assert.Equal(item, ChecklistItem.Of(rule)!.Number);

    [Fact]
    public async Task Rules_on_accessors_are_no_item_of_the_checklist()
    {
        CommandRun run = await CommandRun.ShippedInAsync(_folder.Path, "rules");

        Assert.Contains("\nClient accessors\n  LF9001  An accessors class must be partial (error, with a fix)\n", run.Output);
        Assert.DoesNotContain("9.", run.Output);
    }

    [Theory]
    [InlineData("CS0103")]
    [InlineData("LF")]
    [InlineData("LF7001")]
    public void Other_ids_belong_to_no_item(string rule) => Assert.Null(ChecklistItem.Of(rule));

    [Fact]
    public void Colours_are_written_only_where_they_are_wanted()
    {
        StringWriter plain = new() { NewLine = "\n" };
        StringWriter coloured = new() { NewLine = "\n" };
        string longLine = new('x', 500);

        new StyledWriter(plain, colours: false).WriteLine("[bold] " + longLine, TextStyle.Warning);
        new StyledWriter(coloured, colours: true).WriteLine("[bold] " + longLine, TextStyle.Warning);

        Assert.Equal("[bold] " + longLine + "\n", plain.ToString());
        Assert.StartsWith("\e[", coloured.ToString());
        Assert.Contains("[bold] " + longLine, coloured.ToString());
        Assert.Equal(1, coloured.ToString().Count(character => character == '\n'));
    }
}

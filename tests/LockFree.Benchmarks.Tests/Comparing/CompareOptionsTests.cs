using LockFree.Benchmarks.Comparing;

namespace LockFree.Benchmarks.Tests.Comparing;

public class CompareOptionsTests
{
    [Fact]
    public void Without_arguments_everything_is_measured_in_full()
    {
        Assert.True(CompareOptions.TryParse([], out CompareOptions options, out _));

        Assert.False(options.IsQuick);
        Assert.Null(options.JsonFile);
        Assert.True(options.Wants(Row("hit")));
    }

    [Fact]
    public void Every_option_is_understood_in_any_order()
    {
        Assert.True(CompareOptions.TryParse(["--json", "a.json", "--filter", "hit", "--quick"], out CompareOptions options, out _));

        Assert.True(options.IsQuick);
        Assert.Equal("a.json", options.JsonFile);
        Assert.Equal(["hit"], options.Filters);
    }

    [Fact]
    public void A_row_is_wanted_by_any_of_several_filters_whatever_their_case()
    {
        Assert.True(CompareOptions.TryParse(["--filter", "MISS", "--filter", "4M"], out CompareOptions options, out _));

        Assert.True(options.Wants(Row("miss")));
        Assert.True(options.Wants(Row("hit", 4_000_000)));
        Assert.False(options.Wants(Row("hit", 1_000)));
    }

    [Theory]
    [InlineData("--filter")]
    [InlineData("--json")]
    [InlineData("--fast")]
    [InlineData("hit")]
    public void What_is_no_option_or_lacks_its_value_is_named(string argument)
    {
        Assert.False(CompareOptions.TryParse(["--quick", argument], out _, out string? problem));

        Assert.Contains($"'{argument}'", problem, StringComparison.Ordinal);
    }

    private static Workload Row(string operation, int? entries = null) => new(new Subject(operation, "int-int", entries), "ns", static () => []);
}

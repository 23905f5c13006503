using LockFree.Benchmarks.Comparing;

namespace LockFree.Benchmarks.Tests.Comparing;

public class SpreadTests
{
    [Fact]
    public void The_median_of_an_odd_number_is_the_middle_one() => Assert.Equal(new Spread(2, 3, 4), Spread.Of([5, 1, 4, 2, 3]));

    [Fact]
    public void Between_two_measurements_lies_what_is_in_between() => Assert.Equal(new Spread(1.75, 2.5, 3.25), Spread.Of([4, 3, 2, 1]));

    [Fact]
    public void One_measurement_has_no_spread() => Assert.Equal(new Spread(7, 7, 7), Spread.Of([7]));

    [Fact]
    public void Something_divided_by_nothing_stays_infinite() =>
        Assert.Equal(double.PositiveInfinity, Spread.Of([double.PositiveInfinity, double.PositiveInfinity]).Median);
}

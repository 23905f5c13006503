using LockFree.Benchmarks.Comparing;

namespace LockFree.Benchmarks.Tests.Comparing;

public class TargetTests
{
    [Theory]
    [InlineData(0.9, false, false)]
    [InlineData(1.0, true, false)]
    [InlineData(1.5, true, true)]
    public void A_ratio_has_to_be_as_large_at_least(double measured, bool isFloorReached, bool isGoalReached)
    {
        TargetResult result = Target.Times("peer", 1, 1.5).Judge(measured);

        Assert.Equal((isFloorReached, isGoalReached), (result.IsFloorReached, result.IsGoalReached));
    }

    [Theory]
    [InlineData(21, false, false)]
    [InlineData(20, true, false)]
    [InlineData(0.5, true, true)]
    public void A_cost_has_to_be_as_small_at_least(double measured, bool isFloorReached, bool isGoalReached)
    {
        TargetResult result = Target.AtMost(20, 1).Judge(measured);

        Assert.Equal((isFloorReached, isGoalReached), (result.IsFloorReached, result.IsGoalReached));
    }

    [Fact]
    public void What_is_not_wanted_is_not_judged()
    {
        TargetResult result = Target.Times("peer", null, 0.8).Judge(0.3);

        Assert.Null(result.IsFloorReached);
        Assert.False(result.IsGoalReached);
    }
}

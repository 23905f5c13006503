using LockFree.Tests.Shadow;

namespace LockFree.Tests;

/// <summary>Schedules of threads that rent and return overflow blocks.</summary>
public class OverflowArenaScheduleTests
{
    private const int Threads = 4;

    [Fact]
    public void No_block_is_rented_twice_at_a_time()
    {
        for (int seed = 1; seed <= 300; seed++)
        {
            var arena = new OverflowArena<int, int>(tableLog: 1);
            var isRented = new bool[2 * Threads + 1];
            Action renter = () =>
            {
                for (int round = 0; round < 6; round++)
                {
                    int first = arena.Rent(2);
                    int second = arena[first].Overflow;
                    Take(isRented, first);
                    Take(isRented, second);
                    Schedule.Point();
                    isRented[first] = isRented[second] = false;
                    arena.Return(first);
                }
            };
            Exception? failure = ScheduledThreads.Run(new ControlledExecution(), seed, [.. Enumerable.Repeat(renter, Threads)]);
            Assert.True(failure is null, $"Seed {seed}: {failure}");
        }
    }

    /// <summary>There are never more blocks than are rented at once, so what has been returned is rented again.</summary>
    private static void Take(bool[] isRented, int block)
    {
        Assert.InRange(block, 1, isRented.Length - 1);
        Assert.False(isRented[block], $"Block {block} is rented twice.");
        isRented[block] = true;
    }
}

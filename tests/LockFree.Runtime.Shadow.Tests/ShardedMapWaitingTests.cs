using LockFree.Tests.Shadow;

namespace LockFree.Tests;

/// <summary>Who has to wait for another thread lets it run instead of turning round and round.</summary>
public class ShardedMapWaitingTests
{
    [Fact]
    public void Wherever_a_thread_stops_while_it_makes_room_another_one_gets_by_or_yields()
    {
        int stops = 0;
        while (RunWithStopAt(stops + 1))
            stops++;
        Assert.True(stops > 50, $"Only {stops} points.");
    }

    /// <summary>Stops one thread at a point of its growth until another one that wants the same has finished or yielded; false if it has no such point.</summary>
    private static bool RunWithStopAt(int point)
    {
        var map = new ShardedMap<int, int>();
        for (int key = 0; key < 20; key++)
            map[key] = key;

        var stopping = new SteppedThread(() => map.EnsureCapacity(1_000));
        bool hasStopped = stopping.Run(point) != StepOutcome.Ended;
        Schedule.Enter(new Waiter(stopping));
        try
        {
            Assert.InRange(map.EnsureCapacity(1_000), 1_000, 10_000);
        }
        finally
        {
            Schedule.Leave();
        }
        SteppedThread.RunToEnd(stopping);
        Assert.Equal(Enumerable.Range(0, 20), map.Keys.Order());
        return hasStopped;
    }

    /// <summary>Counts how many steps a thread takes before it yields.</summary>
    private sealed class Waiter(SteppedThread awaited) : IScheduler
    {
        private int _points;

        public void Point() => Assert.True(++_points < 10_000, "The thread turns round and round without yielding.");

        public void Yield() => SteppedThread.RunToEnd(awaited);
    }
}

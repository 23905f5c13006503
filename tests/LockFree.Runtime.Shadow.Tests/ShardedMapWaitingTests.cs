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

    [Fact]
    public void Wherever_a_writer_stops_nobody_waits_for_it_who_writes_to_other_buckets_and_makes_the_table_grow()
    {
        int stops = 0;
        while (GrowBesideWriterStoppedAt(stops + 1))
            stops++;
        Assert.True(stops > 5, $"Only {stops} points.");
    }

    [Fact]
    public void Wherever_a_drain_is_interrupted_while_it_waits_for_a_writer_nothing_is_lost()
    {
        int stops = 0;
        bool hasBeenInterrupted = false;
        while (DrainBesideWriterStoppedAt(stops + 1, ref hasBeenInterrupted))
            stops++;
        Assert.True(stops > 5, $"Only {stops} points.");
        Assert.True(hasBeenInterrupted);
    }

    private static bool GrowBesideWriterStoppedAt(int point)
    {
        // The key 0 is in the first bucket of any table; the others are in the second half.
        const ulong goldenRatio = 0x9E37_79B9_7F4A_7C15;
        List<long> others = [.. Enumerable.Range(1, 400).Select(key => (long)key).Where(key => (ulong)key * goldenRatio >> 63 == 1)];
        var map = new ShardedMap<long, long> { [0] = 0 };

        var stopping = new SteppedThread(() => map[0] = 1);
        bool hasStopped = stopping.Run(point) != StepOutcome.Ended;
        var writer = new Waiter(stopping);
        Schedule.Enter(writer);
        others.ForEach(key => map[key] = key);
        Schedule.Leave();
        Assert.False(writer.HasWaited, $"A writer waits for another that has stopped at its point {point}.");
        SteppedThread.RunToEnd(stopping);
        Assert.Equal(1, map[0]);
        Assert.Equal(others.Prepend(0), map.Keys.Order());
        return hasStopped;
    }

    private static bool DrainBesideWriterStoppedAt(int point, ref bool hasBeenInterrupted)
    {
        var map = new ShardedMap<int, int>(Enumerable.Range(0, 20).Select(key => KeyValuePair.Create(key, key)));
        int last = map.Keys.Last();
        var stopping = new SteppedThread(() => map[last] = last);
        bool hasStopped = stopping.Run(point) != StepOutcome.Ended;
        Schedule.Enter(new InterruptedWaiter(stopping));
        try
        {
            Assert.Equal(20, map.Drain().Length);
        }
        catch (ThreadInterruptedException)
        {
            hasBeenInterrupted = true;
            Assert.Equal(Enumerable.Range(0, 20), map.Keys.Order());
            Assert.Equal(20, map.Count);
        }
        finally
        {
            Schedule.Leave();
        }
        SteppedThread.RunToEnd(stopping);
        return hasStopped;
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

        public bool HasWaited { get; private set; }

        public void Point() => Assert.True(++_points < 100_000, "The thread turns round and round without yielding.");

        public void Yield()
        {
            HasWaited = true;
            SteppedThread.RunToEnd(awaited);
        }
    }

    /// <summary>A thread that is interrupted where it first waits.</summary>
    private sealed class InterruptedWaiter(SteppedThread awaited) : IScheduler
    {
        private bool _hasWaited;

        public void Point()
        {
        }

        public void Yield()
        {
            SteppedThread.RunToEnd(awaited);
            if (_hasWaited)
                return;
            _hasWaited = true;
            throw new ThreadInterruptedException();
        }
    }
}

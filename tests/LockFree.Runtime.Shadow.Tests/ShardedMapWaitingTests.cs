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

        using var stopping = new StoppingThread(point, () => map.EnsureCapacity(1_000));
        Schedule.Enter(new Waiter(stopping));
        try
        {
            Assert.InRange(map.EnsureCapacity(1_000), 1_000, 10_000);
        }
        finally
        {
            Schedule.Leave();
        }
        stopping.Resume();
        Assert.Equal(Enumerable.Range(0, 20), map.Keys.Order());
        return stopping.HasStopped;
    }

    private sealed class StoppingThread : IScheduler, IDisposable
    {
        private readonly ManualResetEventSlim _stoppedOrEnded = new();
        private readonly ManualResetEventSlim _resumed = new();
        private readonly Thread _thread;
        private int _points;

        public StoppingThread(int point, Action act)
        {
            StopAt = point;
            _thread = new Thread(() =>
            {
                Schedule.Enter(this);
                act();
                Schedule.Leave();
                _stoppedOrEnded.Set();
            });
            _thread.Start();
            _stoppedOrEnded.Wait();
        }

        public bool HasStopped => _points >= StopAt;

        private int StopAt { get; }

        public void Point()
        {
            if (++_points != StopAt)
                return;
            _stoppedOrEnded.Set();
            _resumed.Wait();
        }

        public void Yield() => Thread.Yield();

        public void Resume()
        {
            _resumed.Set();
            _thread.Join();
        }

        public void Dispose()
        {
            Resume();
            _stoppedOrEnded.Dispose();
            _resumed.Dispose();
        }
    }

    /// <summary>Counts how many steps a thread takes before it yields.</summary>
    private sealed class Waiter(StoppingThread awaited) : IScheduler
    {
        private int _points;

        public void Point() => Assert.True(++_points < 10_000, "The thread turns round and round without yielding.");

        public void Yield() => awaited.Resume();
    }
}

using LockFree.Tests.Shadow;

namespace LockFree.Tests;

/// <summary>Callers of asynchronous factories on real threads that stumble at random.</summary>
public class ShardedMapAsyncNoiseTests
{
    private const int Calls = 400;

    [Fact]
    public void Runs_of_one_key_never_overlap_though_each_of_them_fails()
    {
        var map = new ShardedMap<int, int>();
        int running = 0;
        int runs = 0;
        int overlaps = 0;
        int failures = 0;
        Action caller = () =>
        {
            for (int call = 0; call < Calls; call++)
            {
                try
                {
                    map.GetOrAddAsync(1, FailAsync).AsTask().GetAwaiter().GetResult();
                }
                catch (NotFiniteNumberException)
                {
                    Interlocked.Add(ref failures, 1);
                }
            }
        };
        Assert.Null(ScheduledThreads.Run(new NoisyExecution(), seed: 1, caller, caller, caller, caller));
        Assert.Equal(0, overlaps);
        // A caller may share a run that others wait for, but not its own earlier one.
        Assert.InRange(runs, Calls, Calls * 4);
        Assert.Equal(Calls * 4, failures);
        Assert.Empty(map);

        async ValueTask<int> FailAsync(int key, CancellationToken token)
        {
            Interlocked.Add(ref runs, 1);
            if (Interlocked.Add(ref running, 1) != 1)
                Interlocked.Add(ref overlaps, 1);
            await Task.Yield();
            Interlocked.Add(ref running, -1);
            throw new NotFiniteNumberException();
        }
    }
}

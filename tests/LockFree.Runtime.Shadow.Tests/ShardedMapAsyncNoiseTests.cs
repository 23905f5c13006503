using LockFree.Tests.Shadow;

namespace LockFree.Tests;

/// <summary>Callers of asynchronous factories on real threads that stumble at random.</summary>
public class ShardedMapAsyncNoiseTests
{
    [Fact]
    public void Runs_of_one_key_never_overlap_though_each_of_them_fails()
    {
        var map = new ShardedMap<int, int>();
        int running = 0;
        int overlaps = 0;
        Action caller = () =>
        {
            for (int call = 0; call < 400; call++)
            {
                try
                {
                    map.GetOrAddAsync(1, FailAsync).AsTask().GetAwaiter().GetResult();
                }
                catch (NotFiniteNumberException)
                {
                }
            }
        };
        Assert.Null(ScheduledThreads.Run(new NoisyExecution(), seed: 1, caller, caller, caller, caller));
        Assert.Equal(0, overlaps);

        async ValueTask<int> FailAsync(int key, CancellationToken token)
        {
            if (Interlocked.Add(ref running, 1) != 1)
                Interlocked.Add(ref overlaps, 1);
            await Task.Yield();
            Interlocked.Add(ref running, -1);
            throw new NotFiniteNumberException();
        }
    }
}

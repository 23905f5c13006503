namespace LockFree.Tests.Collections;

/// <summary>Far more threads than processors, so that most are suspended in the middle of something: nothing gets lost and nobody waits for ever.</summary>
public class ShardedMapOversubscriptionTests
{
    private const int Threads = 32;

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public async Task Updates_of_few_keys_that_collide_are_all_counted(int keys)
    {
        var map = new ShardedMap<int, PairValue>(new ConstantHashComparer<int>());
        await OnAllThreads(thread =>
        {
            for (int call = 0; call < 1_000; call++)
            {
                PairValue updated = map.AddOrUpdate(
                    (thread + call) % keys, new PairValue(1), static (_, value) => new PairValue((value.IsWhole ? value.First : long.MinValue) + 1));
                Assert.True(updated.First > 0);
            }
        });
        Assert.Equal(Threads * 1_000, map.Values.Sum(value => value.First));
    }

    [Fact]
    public async Task Each_entry_is_taken_by_exactly_one()
    {
        var map = new ShardedMap<WideKey, WideValue>();
        long added = 0;
        long taken = 0;
        await OnAllThreads(thread =>
        {
            for (int call = 0; call < 1_000; call++)
            {
                var key = new WideKey(call % 500);
                if (map.TryAdd(key, new WideValue(1)))
                    Interlocked.Increment(ref added);
                if (call % 2 == thread % 2 && map.TryRemove(key, out WideValue value))
                    Interlocked.Add(ref taken, value.First);
                if (call % 100 == thread)
                    Interlocked.Add(ref taken, map.Drain().Length);
            }
        });
        taken += map.Drain().Length;
        Assert.Empty(map);
        Assert.Equal(added, taken);
    }

    [Fact]
    public async Task A_factory_that_must_run_once_does()
    {
        var map = new ShardedMap<int, int>();
        var runs = new int[50];
        await OnAllThreads(thread =>
        {
            for (int call = 0; call < runs.Length; call++)
            {
                int key = (call + thread) % runs.Length;
                Assert.Equal(key, map.GetOrAddOnce(key, key =>
                {
                    Interlocked.Increment(ref runs[key]);
                    Thread.Yield();
                    return key;
                }));
            }
        });
        Assert.All(runs, count => Assert.Equal(1, count));
    }

    private static async Task OnAllThreads(Action<int> action)
    {
        using var everybodyIsHere = new Barrier(Threads);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                everybodyIsHere.SignalAndWait();
                action(thread);
            },
            TaskCreationOptions.LongRunning))).OrHang();
    }
}

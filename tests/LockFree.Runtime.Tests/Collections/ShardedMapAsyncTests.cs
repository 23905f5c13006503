using System.Runtime.CompilerServices;

namespace LockFree.Tests.Collections;

public class ShardedMapAsyncTests
{
    [Fact]
    public async Task Racing_callers_share_one_run()
    {
        var map = new ShardedMap<string, object>();
        var gate = new Gate();
        int runs = 0;
        Task<object>[] calls = [.. Enumerable.Range(0, 10).Select(_ => map.GetOrAddAsync("key", async (_, _) =>
        {
            Interlocked.Increment(ref runs);
            await gate.PassAsync();
            return new object();
        }).AsTask())];
        await gate.Reached;
        Assert.False(map.ContainsKey("key"));
        gate.Open();
        object[] values = await Task.WhenAll(calls).OrHang();
        Assert.Equal(1, runs);
        Assert.Single(values.Distinct());
        Assert.Same(values[0], map["key"]);
        Assert.Same(values[0], await map.GetOrAddAsync("key", (_, _) => throw new NotSupportedException()));
    }

    [Fact]
    public async Task A_fault_reaches_those_present_and_is_not_kept()
    {
        var map = new ShardedMap<string, int>();
        var gate = new Gate();
        Task<int>[] calls = [.. Enumerable.Range(0, 3).Select(_ => map.GetOrAddAsync("key", async (_, _) =>
        {
            await gate.PassAsync();
            throw new NotFiniteNumberException();
        }).AsTask())];
        await gate.Reached;
        gate.Open();
        foreach (Task<int> call in calls)
            await Assert.ThrowsAsync<NotFiniteNumberException>(() => call.OrHang());
        Assert.Empty(map);
        Assert.Equal(7, await map.GetOrAddAsync("key", (_, _) => ValueTask.FromResult(7)).OrHang());
    }

    [Fact]
    public async Task A_caller_that_leaves_harms_nobody()
    {
        var map = new ShardedMap<string, int>();
        var gate = new Gate();
        using var leave = new CancellationTokenSource();
        Task<int> leaver = map.GetOrAddAsync("key", Slow, leave.Token).AsTask();
        await gate.Reached;
        Task<int> stayer = map.GetOrAddAsync("key", Slow).AsTask();
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver.OrHang());
        gate.Open();
        Assert.Equal(1, await stayer.OrHang());

        async ValueTask<int> Slow(string key, CancellationToken token)
        {
            await gate.PassAsync(token);
            return 1;
        }
    }

    [Fact]
    public async Task When_the_last_caller_has_left_the_run_is_cancelled_and_the_next_caller_starts_anew()
    {
        var map = new ShardedMap<string, int>();
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new Gate();
        using var leave = new CancellationTokenSource();
        Task<int> leaver = map.GetOrAddAsync(
            "key",
            async (_, token) =>
            {
                token.Register(cancelled.SetResult);
                await gate.PassAsync(token);
                return 1;
            },
            leave.Token).AsTask();
        await gate.Reached;
        await leave.CancelAsync();
        await cancelled.Task.OrHang();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver.OrHang());
        Assert.Equal(2, await map.GetOrAddAsync("key", (_, _) => ValueTask.FromResult(2)).OrHang());
        Assert.Equal(2, map["key"]);
    }

    [Fact]
    public async Task A_caller_whose_token_is_cancelled_already_leaves_nothing_behind()
    {
        var map = new ShardedMap<object, int>();
        WeakReference key = await Leave(map);
        GC.Collect();
        Assert.False(key.IsAlive);
        GC.KeepAlive(map);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static async Task<WeakReference> Leave(ShardedMap<object, int> map)
        {
            var key = new object();
            ValueTask<int> call = map.GetOrAddAsync(key, (_, _) => throw new NotSupportedException(), new CancellationToken(canceled: true));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.OrHang());
            return new WeakReference(key);
        }
    }

    [Fact]
    public async Task A_caller_whose_token_is_cancelled_before_its_run_begins_leaves_nothing_behind()
    {
        // The key is hashed to look for a value, to look for a run, and to announce one.
        var comparer = new CallbackComparer();
        var map = new ShardedMap<string, int>(comparer);
        WeakReference key = await Leave(map, comparer);
        GC.Collect();
        Assert.False(key.IsAlive);
        GC.KeepAlive(map);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static async Task<WeakReference> Leave(ShardedMap<string, int> map, CallbackComparer comparer)
        {
            string key = Guid.NewGuid().ToString();
            using var leave = new CancellationTokenSource();
            int uses = 0;
            comparer.OnUse = () =>
            {
                if (++uses == 3)
                    leave.Cancel();
            };
            ValueTask<int> call = map.GetOrAddAsync(key, (_, _) => throw new NotSupportedException(), leave.Token);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.OrHang());
            comparer.OnUse = null;
            return new WeakReference(key);
        }
    }

    [Fact]
    public async Task A_factory_that_waits_for_its_own_key_gets_an_exception()
    {
        var map = new ShardedMap<string, int>();
        ValueTask<int> call = map.GetOrAddAsync("key", (key, token) => map.GetOrAddAsync(key, (_, _) => ValueTask.FromResult(1), token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.OrHang());
    }

    [Fact]
    public async Task A_value_added_while_the_factory_runs_stays()
    {
        var map = new ShardedMap<string, int>();
        int value = await map.GetOrAddAsync("key", (key, _) =>
        {
            map[key] = 1;
            return ValueTask.FromResult(2);
        }).OrHang();
        Assert.Equal((1, 1), (value, map["key"]));
    }

    [Fact]
    public async Task A_value_added_after_the_caller_looked_stays_and_no_factory_runs()
    {
        var comparer = new CallbackComparer();
        var map = new ShardedMap<string, int>(comparer);
        int uses = 0;
        // The first use is the look, the second the announcement of a run.
        comparer.OnUse = () =>
        {
            if (++uses == 2)
                map["key"] = 1;
        };
        Assert.Equal(1, await map.GetOrAddAsync("key", (_, _) => throw new NotFiniteNumberException()).OrHang());
    }

    [Fact]
    public async Task A_removed_key_is_made_again()
    {
        var map = new ShardedMap<string, int>();
        int runs = 0;
        for (int expected = 1; expected <= 3; expected++)
        {
            Assert.Equal(expected, await map.GetOrAddAsync("key", (_, _) => ValueTask.FromResult(++runs)).OrHang());
            Assert.True(map.TryRemove("key", out _));
        }
    }

    [Fact]
    public async Task A_value_removed_before_a_call_is_not_returned_by_it_though_its_run_has_not_quite_ended()
    {
        var comparer = new CallbackComparer();
        var map = new ShardedMap<string, int>(comparer);
        bool hasRun = false;
        Task<int>? second = null;
        comparer.OnUse = () =>
        {
            // The value is stored, and the run about to withdraw its announcement.
            if (!hasRun || second is not null || map.IsEmpty)
                return;
            second = Task.FromResult(0);
            var caller = new Thread(() =>
            {
                Assert.True(map.TryRemove("key", out _));
                second = map.GetOrAddAsync("key", (_, _) => ValueTask.FromResult(2)).AsTask();
            });
            caller.UnsafeStart();
            caller.Join();
        };
        int first = await map.GetOrAddAsync("key", (_, _) =>
        {
            hasRun = true;
            return ValueTask.FromResult(1);
        }).OrHang();
        Assert.Equal(1, first);
        Assert.Equal(2, await second!.OrHang());
        Assert.Equal(2, map["key"]);
    }

    [Fact]
    public async Task The_argument_reaches_the_factory()
    {
        var map = new ShardedMap<int, string>();
        Assert.Equal("5 apples", await map.GetOrAddAsync(5, static (key, what, _) => ValueTask.FromResult($"{key} {what}"), "apples", default).OrHang());
    }

    [Fact]
    public async Task However_many_callers_come_and_fail_no_two_runs_of_a_key_overlap()
    {
        var map = new ShardedMap<int, int>();
        int running = 0;
        int overlaps = 0;
        int runs = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (int round = 0; round < 300; round++)
            {
                try
                {
                    await map.GetOrAddAsync(1, async (_, _) =>
                    {
                        if (Interlocked.Increment(ref running) != 1)
                            Interlocked.Increment(ref overlaps);
                        await Task.Yield();
                        int run = Interlocked.Increment(ref runs);
                        Interlocked.Decrement(ref running);
                        return run % 3 == 0 ? throw new NotFiniteNumberException() : run;
                    });
                }
                catch (NotFiniteNumberException)
                {
                }
                if (round % 2 == caller % 2)
                    map.TryRemove(1, out _);
            }
        }))).OrHang();
        Assert.Equal(0, overlaps);
        Assert.True(runs > 100, $"{runs} runs.");
    }
}

namespace LockFree.Tests.Collections;

public class ShardedMapOnceTests
{
    [Fact]
    public async Task Racing_callers_run_one_factory_and_all_get_its_value()
    {
        var map = new ShardedMap<string, object>();
        using var everybodyIsHere = new Barrier(8);
        int runs = 0;
        int additions = 0;
        object[] values = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OnThread(() =>
        {
            everybodyIsHere.SignalAndWait();
            object value = map.GetOrAddOnce("key", _ => Interlocked.Increment(ref runs), out bool added);
            if (added)
                Interlocked.Increment(ref additions);
            return value;
        }))).OrHang();
        Assert.Equal((1, 1), (runs, additions));
        Assert.Single(values.Distinct());
        Assert.Same(values[0], map["key"]);
    }

    [Fact]
    public async Task Callers_who_come_while_the_factory_runs_wait_for_its_value()
    {
        var map = new ShardedMap<string, int>();
        var gate = new Gate();
        Task<int> first = OnThread(() => map.GetOrAddOnce("key", _ =>
        {
            gate.PassAsync().GetAwaiter().GetResult();
            return 1;
        }));
        await gate.Reached;
        using var started = new Barrier(4);
        Task<(int, bool)>[] others = [.. Enumerable.Range(0, 3).Select(_ => OnThread(() =>
        {
            started.SignalAndWait();
            return (map.GetOrAddOnce("key", _ => throw new NotSupportedException("Runs a second time."), out bool added), added);
        }))];
        started.SignalAndWait();
        Assert.False(map.ContainsKey("key"));
        gate.Open();
        Assert.Equal(1, await first.OrHang());
        Assert.All(await Task.WhenAll(others).OrHang(), result => Assert.Equal((1, false), result));
    }

    [Fact]
    public async Task When_the_factory_throws_a_waiting_caller_tries_in_its_turn()
    {
        var map = new ShardedMap<string, int>();
        var gate = new Gate();
        Task<int> first = OnThread(() => map.GetOrAddOnce("key", _ =>
        {
            gate.PassAsync().GetAwaiter().GetResult();
            throw new NotFiniteNumberException();
        }));
        await gate.Reached;
        Task<int> second = OnThread(() => map.GetOrAddOnce("key", _ => 2));
        gate.Open();
        await Assert.ThrowsAsync<NotFiniteNumberException>(() => first.OrHang());
        Assert.Equal(2, await second.OrHang());
        Assert.Equal(2, map["key"]);
    }

    [Fact]
    public void A_factory_that_throws_stores_nothing()
    {
        var map = new ShardedMap<string, int>();
        Assert.Throws<NotFiniteNumberException>(() => map.GetOrAddOnce("key", _ => throw new NotFiniteNumberException()));
        Assert.Empty(map);
        Assert.Equal(1, map.GetOrAddOnce("key", _ => 1, out bool added));
        Assert.True(added);
    }

    [Fact]
    public async Task A_factory_that_asks_for_its_own_key_gets_an_exception()
    {
        var map = new ShardedMap<string, int>();
        Task<int> call = OnThread(() => map.GetOrAddOnce("key", _ => map.GetOrAddOnce("key", _ => 1)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.OrHang());
        Assert.Equal(2, map.GetOrAddOnce("key", _ => 2));
    }

    [Fact]
    public async Task A_factory_that_waits_for_another_thread_that_asks_for_its_key_gets_an_exception()
    {
        var map = new ShardedMap<string, int>();
        Task<int> call = OnThread(() => map.GetOrAddOnce("key", _ => Task.Run(() => map.GetOrAddOnce("key", _ => 1)).GetAwaiter().GetResult()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.OrHang());
    }

    [Fact]
    public async Task A_factory_that_asks_for_its_own_key_through_another_gets_an_exception()
    {
        var map = new ShardedMap<string, int>();
        Task<int> call = OnThread(() => map.GetOrAddOnce("a", _ => map.GetOrAddOnce("b", _ => map.GetOrAddOnce("a", _ => 1))));
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.OrHang());
        Assert.Empty(map);
    }

    [Fact]
    public async Task Factories_that_wait_for_each_other_do_not_hang()
    {
        var map = new ShardedMap<string, int>();
        using var bothRun = new Barrier(2);
        Task<int> Ask(string own, string other) => OnThread(() => map.GetOrAddOnce(own, _ =>
        {
            bothRun.SignalAndWait();
            return 10 + map.GetOrAddOnce(other, _ => 1);
        }));
        Task<int>[] calls = [Ask("a", "b"), Ask("b", "a")];

        // At least one is refused. The other then runs the refused factory itself, or is refused too.
        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.WhenAll(calls).OrHang());
    }

    [Fact]
    public void A_factory_may_ask_for_other_keys()
    {
        var map = new ShardedMap<int, int>();
        int Fibonacci(int n) => n < 2 ? n : map.GetOrAddOnce(n - 1, Fibonacci) + map.GetOrAddOnce(n - 2, Fibonacci);
        Assert.Equal(6_765, map.GetOrAddOnce(20, Fibonacci));
    }

    [Fact]
    public void A_value_added_while_the_factory_runs_stays()
    {
        var map = new ShardedMap<string, int>();
        int value = map.GetOrAddOnce(
            "key",
            key =>
            {
                map[key] = 1;
                return 2;
            },
            out bool added);
        Assert.Equal((1, false, 1), (value, added, map["key"]));
    }

    [Fact]
    public async Task Callers_for_other_keys_are_not_kept_waiting()
    {
        var map = new ShardedMap<int, int>(new ConstantHashComparer<int>());
        var gate = new Gate();
        Task<int> first = OnThread(() => map.GetOrAddOnce(1, _ =>
        {
            gate.PassAsync().GetAwaiter().GetResult();
            return 1;
        }));
        await gate.Reached;
        Assert.Equal(2, map.GetOrAddOnce(2, _ => 2));
        Assert.Equal(1, map.GetOrAdd(1, 1));
        gate.Open();
        Assert.Equal(1, await first.OrHang());
    }

    [Fact]
    public async Task Hashing_that_asks_for_the_key_whose_run_it_belongs_to_is_refused_instead_of_hanging()
    {
        var comparer = new CallbackComparer();
        var map = new ShardedMap<string, int>(comparer);
        bool isArmed = false;
        comparer.OnUse = () =>
        {
            if (!isArmed)
                return;
            isArmed = false;
            map.GetOrAddOnce("key", _ => 2);
        };

        Task<int> run = OnThread(() => map.GetOrAddOnce("key", _ =>
        {
            isArmed = true;
            return 1;
        }));

        await Assert.ThrowsAsync<InvalidOperationException>(() => run.OrHang());
        Assert.False(map.ContainsKey("key"));
        Assert.Equal(3, map.GetOrAddOnce("key", _ => 3));
    }

    /// <summary>On a thread of its own: callers who wait must not use up the pool.</summary>
    private static Task<T> OnThread<T>(Func<T> action) => Task.Factory.StartNew(action, TaskCreationOptions.LongRunning);
}

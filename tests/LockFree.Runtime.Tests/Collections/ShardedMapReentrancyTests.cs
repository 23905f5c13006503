using Probe = LockFree.Tests.Collections.MapCallbacks.Probe;

namespace LockFree.Tests.Collections;

/// <summary>No code of the caller's runs under a lock: whatever it does with the same map and the same key, here or on another thread, it gets through.</summary>
public class ShardedMapReentrancyTests
{
    [Theory]
    [MemberData(nameof(MapCallbacks.Names), MemberType = typeof(MapCallbacks))]
    public async Task A_callback_may_use_the_map_and_its_own_key(string callback) =>
        await Task.Run(() => MapCallbacks.Call(callback, Once(UseInEveryWay))).OrHang();

    [Theory]
    [MemberData(nameof(MapCallbacks.Names), MemberType = typeof(MapCallbacks))]
    public async Task A_callback_may_wait_for_another_thread_that_uses_the_map_and_its_key(string callback) =>
        await Task.Run(() => MapCallbacks.Call(callback, Once(map => Task.Run(() => UseInEveryWay(map)).OrHang().GetAwaiter().GetResult()))).OrHang();

    [Theory]
    [MemberData(nameof(MapCallbacks.Names), MemberType = typeof(MapCallbacks))]
    public async Task A_callback_may_let_the_map_grow_and_shrink(string callback) =>
        await Task.Run(() => MapCallbacks.Call(callback, Once(map =>
        {
            for (int key = 100; key < 1_000; key++)
                map[key] = new Probe();
            for (int key = 100; key < 1_000; key++)
                map.TryRemove(key, out _);
            map.TrimExcess();
        }))).OrHang();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_comparer_may_use_the_map_that_uses_it(bool onAnotherThread)
    {
        var comparer = new CallbackComparer();
        var map = new ShardedMap<string, int>(comparer);
        bool isInside = false;
        int calls = 0;
        comparer.OnUse = () =>
        {
            if (isInside)
                return;
            isInside = true;
            calls++;
            if (onAnotherThread)
                Task.Run(() => map.AddOrUpdate("key", 1, (_, value) => value + 1)).OrHang().GetAwaiter().GetResult();
            else
                map.AddOrUpdate("key", 1, (_, value) => value + 1);
            isInside = false;
        };
        await Task.Run(() =>
        {
            map["key"] = 1;
            map.TryAdd("key", 2);
            map.TryGetValue("key", out _);
            map.TryUpdate("key", 5, 6);
            map.TryRemove("key", out _);
            for (int i = 0; i < 100; i++)
                map[$"other {i}"] = i;
        }).OrHang();
        Assert.True(calls > 100, $"The comparer was used {calls} times.");
        Assert.Equal(101, map.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_comparer_may_resize_the_map_that_is_being_resized(bool onAnotherThread)
    {
        const int keys = 20;
        for (int use = 1; use <= keys; use++)
        {
            var comparer = new CallbackComparer();
            var map = new ShardedMap<string, int>(Enumerable.Range(0, keys).Select(i => KeyValuePair.Create($"key {i}", i)), comparer);
            int uses = 0;
            comparer.OnUse = () =>
            {
                if (Interlocked.Increment(ref uses) != use)
                    return;
                if (onAnotherThread)
                    Task.Run(() => map.EnsureCapacity(1_000)).OrHang().GetAwaiter().GetResult();
                else
                    map.EnsureCapacity(1_000);
            };
            await Task.Run(() => map.EnsureCapacity(1_000)).OrHang();
            Assert.True(uses >= use, $"The comparer was used {uses} times.");
            Assert.Equal(Enumerable.Range(0, keys), map.Values.Order());
        }
    }

    [Fact]
    public void An_updater_that_writes_to_a_neighbour_every_time_does_not_run_for_ever()
    {
        var map = new ShardedMap<int, WideValue>(new ConstantHashComparer<int>()) { [1] = new WideValue(1), [2] = new WideValue(2) };
        int runs = 0;
        map.AddOrUpdate(1, default(WideValue), (_, value) =>
        {
            map[2] = new WideValue(++runs);
            return new WideValue(value.First + 10);
        });
        Assert.Equal(1, runs);
        Assert.Equal(new WideValue(11), map[1]);
    }

    [Fact]
    public void An_updater_runs_again_when_its_key_was_changed_meanwhile()
    {
        var map = new ShardedMap<int, WideValue> { [1] = new WideValue(1) };
        var seen = new List<long>();
        map.TryUpdate(
            1,
            (_, value) =>
            {
                seen.Add(value.First);
                if (seen.Count == 1)
                    map[1] = new WideValue(100);
                return new WideValue(value.First + 1);
            },
            out WideValue updated);
        Assert.Equal([1, 100], seen);
        Assert.Equal(new WideValue(101), updated);
        Assert.Equal(new WideValue(101), map[1]);
    }

    [Fact]
    public void A_predicate_runs_again_when_its_entry_was_changed_meanwhile()
    {
        var map = new ShardedMap<int, int> { [1] = 1 };
        int removed = map.RemoveWhere((_, value) =>
        {
            if (value != 1)
                return false;
            map[1] = 2;
            return true;
        });
        Assert.Equal(0, removed);
        Assert.Equal(2, map[1]);
    }

    [Fact]
    public void A_walk_over_a_map_may_remove_and_add_what_it_comes_to()
    {
        var map = new ShardedMap<int, int>(Enumerable.Range(0, 500).Select(i => KeyValuePair.Create(i, i)));
        foreach ((int key, int value) in map)
        {
            Assert.True(map.TryRemove(key, out _));
            if (key < 500)
                Assert.True(map.TryAdd(key + 500, value));
        }
        Assert.True(map.Keys.All(key => key >= 500));
    }

    /// <summary>Functions may run again when the map has changed under them, and would change it again: the second time they are left alone.</summary>
    private static Action<ShardedMap<int, Probe>> Once(Action<ShardedMap<int, Probe>> action)
    {
        int runs = 0;
        return map =>
        {
            if (Interlocked.Increment(ref runs) == 1)
                action(map);
        };
    }

    private static void UseInEveryWay(ShardedMap<int, Probe> map)
    {
        const int key = MapCallbacks.Key;
        map.TryGetValue(key, out _);
        map[key] = new Probe();
        map.TryAdd(key, new Probe());
        map.TryUpdate(key, new Probe(), new Probe());
        map.AddOrUpdate(key, new Probe(), (_, value) => value);
        map.TryRemove(key, out _);
        map.GetOrAdd(key, _ => new Probe());
        map.Compute(key, 0, static (_, ref entry, _) => entry.Value = new Probe());
        map.Drain();
        map.Clear();
        map[key] = new Probe();
        map.RemoveWhere((_, _) => true);
        map[key] = new Probe();
        Assert.Single(map);
    }
}

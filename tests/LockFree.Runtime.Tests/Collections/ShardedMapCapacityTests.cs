using System.Runtime.CompilerServices;

namespace LockFree.Tests.Collections;

/// <summary>Room is made when it is asked for and comes back when it is no longer needed.</summary>
[Collection(WholeProcessMemory.Name)]
public class ShardedMapCapacityTests
{
    [Fact]
    public void Clear_lets_go_of_entries_and_of_the_table()
    {
        ShardedMap<int, WideValue> map = Large();
        WeakReference value = Fill(new ShardedMap<int, object>(), out ShardedMap<int, object> objects);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        map.Clear();
        objects.Clear();
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) < before - 2_000_000);
        Assert.False(value.IsAlive);
        Assert.Empty(map);
        map[1] = new WideValue(1);
        Assert.Single(map);
    }

    [Fact]
    public void TrimExcess_lets_go_of_the_table_and_keeps_the_entries()
    {
        ShardedMap<int, WideValue> map = Large();
        RemoveAllFrom(map, 100);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        map.TrimExcess();
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) < before - 2_000_000);
        Assert.Equal(Enumerable.Range(0, 100), map.Keys.Order());
        Assert.All(map, entry => Assert.Equal(new WideValue(entry.Key), entry.Value));
        GC.KeepAlive(map);
    }

    [Fact]
    public void What_is_removed_or_displaced_or_drained_can_be_collected()
    {
        AssertLetsGo(map => map.TryRemove(1, out _));
        AssertLetsGo(map => map[1] = new object());
        AssertLetsGo(map => map.Drain());
        AssertLetsGo(map => map.RemoveWhere((_, _) => true));
        AssertLetsGo(map =>
        {
            map.TryRemove(1, out _);
            map.EnsureCapacity(1_000);
        });
    }

    [Fact]
    public void Displaced_structs_with_references_can_be_collected()
    {
        var map = new ShardedMap<int, (object, int)>();
        WeakReference displaced = Put(map);
        map[1] = (new object(), 2);
        GC.Collect();
        Assert.False(displaced.IsAlive);
        GC.KeepAlive(map);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Put(ShardedMap<int, (object, int)> map)
        {
            var value = new object();
            map[1] = (value, 1);
            return new WeakReference(value);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(123_456)]
    public void EnsureCapacity_returns_at_least_what_was_asked_for(int capacity)
    {
        var map = new ShardedMap<int, int> { [1] = 1 };
        int actual = map.EnsureCapacity(capacity);
        Assert.True(actual >= capacity);
        Assert.Equal(actual, map.EnsureCapacity(0));
        Assert.Equal(1, map[1]);
    }

    [Fact]
    public void Room_that_no_memory_can_hold_is_refused_and_nothing_is_lost()
    {
        var map = new ShardedMap<int, WideValue> { [1] = new WideValue(1) };
        Assert.Throws<OutOfMemoryException>(() => map.EnsureCapacity(int.MaxValue));
        Assert.Equal(new WideValue(1), map[1]);
        Assert.True(map.EnsureCapacity(1_000) >= 1_000);
        Assert.Throws<ArgumentOutOfRangeException>(() => map.EnsureCapacity(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShardedMap<int, int>(-1));
    }

    [Fact]
    public async Task Entries_stay_in_reach_while_the_map_grows_and_shrinks()
    {
        var map = new ShardedMap<int, WideValue>();
        for (int i = 0; i < 300; i++)
            map[i] = new WideValue(i);
        Task reshaper = Task.Run(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                map.EnsureCapacity(20_000);
                map.TrimExcess();
            }
        });
        while (!reshaper.IsCompleted)
        {
            for (int i = 0; i < 300; i++)
                Assert.True(map.TryGetValue(i, out WideValue value) && value == new WideValue(i));
            Assert.Equal(300, map.Count);
        }
        await reshaper.OrHang();
    }

    /// <summary>Not inlined: an optimised caller's frame would keep the table of its last removal alive until it returns.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RemoveAllFrom(ShardedMap<int, WideValue> map, int first)
    {
        for (int i = first; i < 50_000; i++)
            map.TryRemove(i, out _);
    }

    private static ShardedMap<int, WideValue> Large()
    {
        var map = new ShardedMap<int, WideValue>();
        for (int i = 0; i < 50_000; i++)
            map[i] = new WideValue(i);
        return map;
    }

    private static void AssertLetsGo(Action<ShardedMap<int, object>> action)
    {
        WeakReference value = Fill(new ShardedMap<int, object>(), out ShardedMap<int, object> map);
        Run(action, map);
        GC.Collect();
        Assert.False(value.IsAlive);
        GC.KeepAlive(map);
    }

    // Not inlined: unoptimised code keeps its temporaries alive to the end of the method.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run(Action<ShardedMap<int, object>> action, ShardedMap<int, object> map) => action(map);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Fill(ShardedMap<int, object> map, out ShardedMap<int, object> filled)
    {
        var value = new object();
        map[1] = value;
        filled = map;
        return new WeakReference(value);
    }
}

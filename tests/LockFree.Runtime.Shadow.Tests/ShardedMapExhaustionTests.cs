using LockFree.Tests.Collections;

namespace LockFree.Tests;

/// <summary>When memory runs out the map goes on working with what it has, and never leaves a bucket locked.</summary>
public class ShardedMapExhaustionTests
{
    [Fact]
    public void A_table_that_cannot_grow_takes_entries_as_long_as_there_are_blocks()
    {
        var map = new ShardedMap<int, WideValue>();
        var stored = new HashSet<int>();
        for (int i = 0; i < 200; i++)
        {
            map[i] = new WideValue(i);
            stored.Add(i);
        }
        Exhausted(() =>
        {
            for (int i = 200; i < 2_000; i++)
            {
                try
                {
                    map[i] = new WideValue(i);
                    stored.Add(i);
                }
                catch (OutOfMemoryException)
                {
                }
            }
        });
        Assert.InRange(stored.Count, 201, 1_999);
        AssertHolds(map, stored);

        // With memory again, nothing is left behind of what failed.
        for (int i = 0; i < 5_000; i++)
        {
            map[i] = new WideValue(i);
            stored.Add(i);
        }
        AssertHolds(map, stored);
    }

    [Fact]
    public void Updates_and_removals_need_no_memory()
    {
        var map = new ShardedMap<int, WideValue>(new ConstantHashComparer<int>());
        for (int i = 0; i < 40; i++)
            map[i] = new WideValue(i);
        Exhausted(() =>
        {
            for (int i = 0; i < 40; i++)
                map[i] = new WideValue(i + 100);
            for (int i = 0; i < 40; i += 2)
                Assert.True(map.TryRemove(i, out _));
            for (int i = 0; i < 40; i += 2)
                Assert.True(map.TryAdd(i, new WideValue(i + 100)));
        });
        Assert.All(map, entry => Assert.Equal(new WideValue(entry.Key + 100), entry.Value));
        Assert.Equal(40, map.Count);
    }

    [Fact]
    public void A_move_that_runs_out_of_memory_goes_on_later()
    {
        var map = new ShardedMap<int, int>(new ConstantHashComparer<int>());
        for (int i = 0; i < 100; i++)
            map[i] = i;
        Exhausted(() =>
        {
            Assert.Throws<OutOfMemoryException>(() => map.EnsureCapacity(10_000));
            Assert.Throws<OutOfMemoryException>(map.TrimExcess);
            for (int i = 0; i < 100; i++)
                map[i] = i + 1;
        });
        Assert.Equal(Enumerable.Range(1, 100), map.Values.Order());
        Assert.True(map.EnsureCapacity(10_000) >= 10_000);
        Assert.Equal(Enumerable.Range(1, 100), map.Values.Order());
    }

    private static void AssertHolds(ShardedMap<int, WideValue> map, HashSet<int> keys)
    {
        Assert.Equal(keys.Order(), map.Keys.Order());
        Assert.Equal(keys.Count, map.Count);
        Assert.All(keys, key => Assert.Equal(new WideValue(key), map[key]));
    }

    private static void Exhausted(Action action)
    {
        EntryMemory.IsExhausted = true;
        try
        {
            action();
        }
        finally
        {
            EntryMemory.IsExhausted = false;
        }
    }
}

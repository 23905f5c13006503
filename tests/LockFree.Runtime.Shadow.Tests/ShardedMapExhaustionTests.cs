using LockFree.Tests.Collections;
using LockFree.Tests.Shadow;

namespace LockFree.Tests;

/// <summary>When memory runs out the map goes on working with what it has, and never leaves a bucket locked.</summary>
public class ShardedMapExhaustionTests
{
    [Fact]
    public void A_table_that_cannot_grow_takes_entries_as_long_as_there_are_blocks()
    {
        var map = new ShardedMap<int, WideValue>();
        var stored = new HashSet<int>();
        AddTo(map, stored, 0, 200);
        ScarceMemory.Exhausted(() => AddTo(map, stored, 200, 1_800));
        Assert.InRange(stored.Count, 201, 1_999);
        AssertHolds(map, stored);

        // With memory again, nothing is left behind of what failed.
        AddTo(map, stored, 0, 5_000);
        AssertHolds(map, stored);
    }

    [Fact]
    public void Updates_and_removals_need_no_memory()
    {
        var map = new ShardedMap<int, WideValue>(new ConstantHashComparer<int>());
        for (int i = 0; i < 40; i++)
            map[i] = new WideValue(i);
        ScarceMemory.Exhausted(() =>
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
        ScarceMemory.Exhausted(() =>
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

    [Fact]
    public void A_drain_that_runs_out_of_memory_puts_everything_back()
    {
        // Few buckets with long chains, so that the room for an entry depends on blocks.
        var map = new ShardedMap<int, WideValue>(new FewHashesComparer());
        var stored = new HashSet<int>();
        AddTo(map, stored, 0, 1_000);
        int allocations = 0;
        ScarceMemory.WithAllocations(DisturbDrain, () => Assert.Throws<OutOfMemoryException>(map.Drain));
        Assert.True(allocations > 3, "Putting back needed no memory.");
        AssertHolds(map, stored);

        void DisturbDrain()
        {
            switch (++allocations)
            {
                case 1:
                    // The buffer, for what was there when the drain began. It will not take what comes now.
                    ScarceMemory.WithAllocations(() => { }, () => AddTo(map, stored, 1_000, 500));
                    break;
                case 2:
                    // A larger buffer, wanted in the middle. Others take all the room there is, so that putting back needs memory, too.
                    ScarceMemory.Exhausted(() => AddTo(map, stored, 1_500, 4_000));
                    ScarceMemory.Fail();
                    break;
                case 3:
                    ScarceMemory.Fail();
                    break;
            }
        }
    }

    [Fact]
    public void Blocks_that_were_rented_in_vain_are_rented_again()
    {
        const int Threads = 4;
        for (int seed = 1; seed <= 10; seed++)
        {
            // 256 buckets, whose first blocks come in chunks of 16 and 32. All keys are in one bucket, and the second chunk has been begun.
            var map = new ShardedMap<int, int>(1_000, new ConstantHashComparer<int>());
            foreach (int key in Enumerable.Range(0, 120))
                map.Add(key, key);

            // 312 keys take 44 blocks. So there is one left for each thread, but none to lose.
            Action[] writers = [.. Enumerable.Range(0, Threads).Select<int, Action>(thread => () => ScarceMemory.Exhausted(() =>
            {
                foreach (int key in Enumerable.Range(120 + (thread * 48), 48))
                    map.Add(key, key);
            }))];
            Assert.Null(ScheduledThreads.Run(new ControlledExecution(), seed, writers));
            Assert.Equal(Enumerable.Range(0, 312), map.Keys.Order());
        }
    }

    [Fact]
    public void A_key_that_cannot_be_hashed_when_a_drain_puts_everything_back_takes_no_other_with_it()
    {
        const int bad = 20;
        var comparer = new FewHashesComparer();
        var map = new ShardedMap<int, WideValue>(comparer);
        var stored = new HashSet<int>();
        AddTo(map, stored, 0, 40);
        int allocations = 0;
        ScarceMemory.WithAllocations(
            () =>
            {
                if (++allocations == 1)
                {
                    // The buffer will not take what comes now.
                    AddTo(map, stored, 40, 500);
                    return;
                }
                comparer.Unhashable = bad;
                ScarceMemory.Fail();
            },
            () => Assert.Throws<InvalidOperationException>(map.Drain));
        comparer.Unhashable = null;
        stored.Remove(bad);
        AssertHolds(map, stored);
    }

    private static void AddTo(ShardedMap<int, WideValue> map, HashSet<int> stored, int first, int count)
    {
        foreach (int key in Enumerable.Range(first, count))
        {
            try
            {
                map[key] = new WideValue(key);
                stored.Add(key);
            }
            catch (OutOfMemoryException)
            {
            }
        }
    }

    private static void AssertHolds(ShardedMap<int, WideValue> map, HashSet<int> keys)
    {
        Assert.Equal(keys.Order(), map.Keys.Order());
        Assert.Equal(keys.Count, map.Count);
        Assert.All(keys, key => Assert.Equal(new WideValue(key), map[key]));
    }

    private sealed class FewHashesComparer : IEqualityComparer<int>
    {
        public int? Unhashable { get; set; }

        public bool Equals(int x, int y) => x == y;

        public int GetHashCode(int key) => key != Unhashable ? key % 4 : throw new InvalidOperationException("The test wants it so.");
    }
}

namespace LockFree.Tests.Collections;

/// <summary>Once a map has its size, using it allocates nothing.</summary>
public class ShardedMapAllocationTests
{
    private const int EntryCount = 1_000;

    [Fact]
    public void Numbers_are_changed_without_allocation()
    {
        AssertNoAllocation(number => number, number => number);
        AssertNoAllocation(number => (long)number, number => (long)number);
        AssertNoAllocation(number => number, number => (long)number);
    }

    [Fact]
    public void Text_keys_and_object_values_are_changed_without_allocation()
    {
        string[] keys = [.. Enumerable.Range(0, EntryCount).Select(number => $"key {number}")];
        AssertNoAllocation(number => keys[number], number => (object)keys[number]);
    }

    [Fact]
    public void Keys_and_values_of_several_words_are_changed_without_allocation()
    {
        Guid[] keys = [.. Enumerable.Range(0, EntryCount).Select(_ => Guid.NewGuid())];
        AssertNoAllocation(number => keys[number], number => new Pair(number, number));
        AssertNoAllocation(number => new WideKey(number), number => new WideValue(number));
    }

    [Fact]
    public void Keys_whose_hashes_collide_are_changed_without_allocation() =>
        AssertNoAllocation(number => number, number => number, new ConstantHashComparer<int>(), count: 50);

    [Fact]
    public void A_map_with_room_takes_entries_without_growing()
    {
        var map = new ShardedMap<int, long>();
        map.EnsureCapacity(100_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100_000; i++)
            map.TryAdd(i, i);

        // A few buckets overflow, which costs blocks: not as much as a tenth of another table.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300_000);
    }

    [Fact]
    public void A_walk_allocates_room_for_the_copies_of_a_few_buckets()
    {
        Assert.InRange(AllocatedByWalk(1_000, number => number, number => number), 8 * 7 * 8, 1_024);
        Assert.InRange(AllocatedByWalk(1_000, number => $"{number}", number => new object()), 8 * 7 * 16, 1_536);
        Assert.InRange(AllocatedByWalk(1_000, number => new WideKey(number), number => new WideValue(number)), 1, 5_120);
        Assert.InRange(AllocatedByWalk(1, number => number, number => number), 1, 512);
    }

    [Fact]
    public void A_walk_over_nothing_allocates_nothing()
    {
        var map = new ShardedMap<int, long>(10_000) { [1] = 1 };
        map.TryRemove(1, out _);
        Assert.Equal(0, Allocations.Of(() =>
        {
            foreach (KeyValuePair<int, long> entry in map)
                Assert.Fail($"{entry}");
            foreach (int key in map.Keys)
                Assert.Fail($"{key}");
            foreach (long value in map.Values)
                Assert.Fail($"{value}");
        }));
    }

    [Fact]
    public void A_present_key_is_got_asynchronously_without_allocation()
    {
        var map = new ShardedMap<string, string> { ["key"] = "value" };
        int length = 0;
        Assert.Equal(0, Allocations.Of(() => length += map.GetOrAddAsync("key", static (_, _) => throw new NotSupportedException()).Result.Length));
        Assert.Equal(0, Allocations.Of(() => length += map.GetOrAddOnce("key", static _ => throw new NotSupportedException()).Length));
        Assert.Equal(0, Allocations.Of(() => length += map.GetOrAddOnce("key", static (_, _) => throw new NotSupportedException(), length).Length));
        Assert.Equal(0, Allocations.Of(() => length += map.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue("a key".AsSpan(2), out _) ? 1 : 0));
    }

    /// <summary>Goes through every member that changes one key: each leaves the key there for the next, or comes right after one that has removed it.</summary>
    private static void AssertNoAllocation<TKey, TValue>(
        Func<int, TKey> keyOf, Func<int, TValue> valueOf, IEqualityComparer<TKey>? comparer = null, int count = EntryCount)
        where TKey : notnull
    {
        var map = new ShardedMap<TKey, TValue>(comparer);
        for (int number = 0; number < count; number++)
            map[keyOf(number)] = valueOf(number);
        int next = 0;
        TValue value = valueOf(0);
        Assert.Equal(0, Allocations.Of(() =>
        {
            TKey key = keyOf(next++ % count);
            map.TryGetValue(key, out _);
            map[key] = value;
            map.Exchange(key, value, out _);
            map.TryUpdate(key, value, value);
            map.TryUpdate(key, static (_, current) => current, out _);
            map.TryUpdate(key, static (_, _, argument) => argument, value, out _);
            map.AddOrUpdate(key, value, static (_, current) => current);
            map.AddOrUpdate(key, static (_, argument) => argument, static (_, _, argument) => argument, value);
            map.Compute(key, value, static (_, ref entry, argument) => entry.Value = argument);
            map.TryRemove(key, out _);
            map[key] = value;
            map.TryRemove(KeyValuePair.Create(key, value));
            map.TryAdd(key, value);
            map.TryRemove(key, static (_, _) => true, out _);
            map.TryAdd(key, value, out _);
            map.TryRemove(key, static (_, _, _) => true, value, out _);
            map.Add(key, value);
            map.Compute(key, 0, static (_, ref entry, _) =>
            {
                entry.Remove();
                return 0;
            });
            map.GetOrAdd(key, value);
            map.TryRemove(key, out _);
            map.GetOrAdd(key, static (_, argument) => argument, value);
            map.TryRemove(key, out _);
            map.Exchange(key, value, out _);
            map.TryRemove(key, out _);
            map.AddOrUpdate(key, static (_, argument) => argument, static (_, _, argument) => argument, value);
            map.TryRemove(key, out _);
            map.Compute(key, value, static (_, ref entry, argument) => entry.Value = argument);
            _ = map.Count;
        }));
        Assert.Equal(count, map.Count);
    }

    private static long AllocatedByWalk<TKey, TValue>(int count, Func<int, TKey> keyOf, Func<int, TValue> valueOf)
        where TKey : notnull
    {
        var map = new ShardedMap<TKey, TValue>(Enumerable.Range(0, count).Select(number => KeyValuePair.Create(keyOf(number), valueOf(number))));
        int met = 0;
        long bytes = Allocations.Of(() =>
        {
            met = 0;
            foreach (KeyValuePair<TKey, TValue> entry in map)
                met++;
        });
        Assert.Equal(count, met);
        return bytes / 1_000;
    }

    private readonly record struct Pair(long First, long Second);
}

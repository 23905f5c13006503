namespace LockFree.Tests.Collections;

/// <summary>Once a map has its size, using it allocates nothing.</summary>
public class ShardedMapAllocationTests
{
    [Fact]
    public void Atomic_entries_are_read_updated_removed_and_added_without_allocation() =>
        AssertNoAllocation(i => i, i => (long)i);

    [Fact]
    public void Wide_entries_are_read_updated_removed_and_added_without_allocation() =>
        AssertNoAllocation(i => new WideKey(i), i => new WideValue(i));

    [Fact]
    public void Text_keys_and_object_values_are_read_updated_removed_and_added_without_allocation()
    {
        string[] keys = [.. Enumerable.Range(0, 1_000).Select(i => $"key {i}")];
        AssertNoAllocation(i => keys[i], i => (object)keys[i]);
    }

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
    public void Enumerating_allocates_nothing_unless_buckets_overflow()
    {
        var map = new ShardedMap<int, long>(10_000);
        for (int i = 0; i < 100; i++)
            map[i] = i;
        long sum = 0;
        Assert.Equal(0, Allocations.Of(() =>
        {
            foreach (KeyValuePair<int, long> entry in map)
                sum += entry.Value;
            foreach (int key in map.Keys)
                sum += key;
            foreach (long value in map.Values)
                sum += value;
        }));
    }

    [Fact]
    public void A_present_key_is_got_asynchronously_without_allocation()
    {
        var map = new ShardedMap<string, string> { ["key"] = "value" };
        int length = 0;
        Assert.Equal(0, Allocations.Of(() => length += map.GetOrAddAsync("key", static (_, _) => throw new NotSupportedException()).Result.Length));
        Assert.Equal(0, Allocations.Of(() => length += map.GetOrAddOnce("key", static _ => throw new NotSupportedException()).Length));
        Assert.Equal(0, Allocations.Of(() => length += map.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue("a key".AsSpan(2), out _) ? 1 : 0));
    }

    private static void AssertNoAllocation<TKey, TValue>(Func<int, TKey> keyOf, Func<int, TValue> valueOf)
        where TKey : notnull
    {
        var map = new ShardedMap<TKey, TValue>();
        for (int i = 0; i < 1_000; i++)
            map[keyOf(i)] = valueOf(i);
        int next = 0;
        Assert.Equal(0, Allocations.Of(() =>
        {
            TKey key = keyOf(next++ % 1_000);
            TValue value = valueOf(0);
            map[key] = value;
            map.Exchange(key, value, out _);
            map.TryUpdate(key, static (_, _, argument) => argument, value, out _);
            map.AddOrUpdate(key, static (_, argument) => argument, static (_, _, argument) => argument, value);
            map.Compute(key, value, static (_, ref entry, argument) => entry.Value = argument);
            map.TryGetValue(key, out _);
            map.TryRemove(key, out _);
            map.TryAdd(key, value);
            _ = map.Count;
        }));
    }
}

namespace LockFree.Tests.Collections;

/// <summary>Entries that have come into the chain of a bucket stay in reach there when the bucket itself has room again.</summary>
public class ShardedMapChainTests
{
    private const int Last = 7;

    [Fact]
    public void A_key_in_the_chain_is_not_added_again_when_the_bucket_is_empty() => Check(number => number);

    [Fact]
    public void A_key_in_the_chain_is_not_added_again_when_the_bucket_is_empty_and_values_are_wide() => Check(number => new PairValue(number));

    private static void Check<TValue>(Func<long, TValue> valueOf)
    {
        // All in one bucket, by their own equality, which the short ways of writing are for.
        var map = new ShardedMap<BulkyKey, TValue>();
        for (long number = 0; number <= Last; number++)
            Assert.True(map.TryAdd(new BulkyKey(number), valueOf(number)));
        for (long number = 0; number < Last; number++)
            Assert.True(map.TryRemove(new BulkyKey(number), out _));

        var key = new BulkyKey(Last);
        Assert.False(map.TryAdd(key, valueOf(100)));
        Assert.Throws<ArgumentException>(() => map.Add(key, valueOf(100)));
        Assert.Equal((valueOf(Last), 1), (map.GetOrAdd(key, valueOf(100)), map.Count));
        Assert.Equal(valueOf(Last), Assert.Single(map).Value);
        map[key] = valueOf(101);
        Assert.Equal(valueOf(101), Assert.Single(map).Value);
        Assert.True(map.TryRemove(key, out _));
        Assert.Empty(map);
    }
}

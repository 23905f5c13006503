namespace LockFree.Tests.Collections;

/// <summary>Entries that have come into the chain of a bucket stay in reach there when the bucket itself has room again.</summary>
public class ShardedMapChainTests
{
    private const int Last = 7;

    [Fact]
    public void A_key_in_the_chain_is_not_added_again_when_the_bucket_is_empty() => Check(number => new BulkyKey(number), number => number);

    [Fact]
    public void A_key_in_the_chain_is_not_added_again_when_the_bucket_is_empty_and_values_are_wide() =>
        Check(number => new BulkyKey(number), number => new PairValue(number));

    [Fact]
    public void A_key_of_any_kind_in_the_chain_is_not_added_again_when_the_bucket_is_empty()
    {
        for (long first = 0; first < 32; first++)
        {
            Check(number => new CrowdedKey(first + number), number => number);
            Check(number => new CrowdedKey(first + number), number => new PairValue(number));
        }
    }

    private static void Check<TKey, TValue>(Func<long, TKey> keyOf, Func<long, TValue> valueOf)
        where TKey : notnull
    {
        // All in one bucket, by their own equality, which the short ways of writing are for.
        var map = new ShardedMap<TKey, TValue>();
        for (long number = 0; number <= Last; number++)
            Assert.True(map.TryAdd(keyOf(number), valueOf(number)));
        for (long number = 0; number < Last; number++)
            Assert.True(map.TryRemove(keyOf(number), out _));

        TKey key = keyOf(Last);
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

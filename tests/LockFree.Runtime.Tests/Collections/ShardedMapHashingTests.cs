namespace LockFree.Tests.Collections;

public class ShardedMapHashingTests
{
    [Fact]
    public void Texts_that_differ_in_one_character_hash_differently()
    {
        StringHash hash = StringHash.CreateRandom();
        var hashes = new HashSet<ulong>();
        int texts = 0;
        for (int length = 0; length <= 40; length++)
        {
            string text = new('a', length);
            Assert.True(hashes.Add(hash.Of(text)));
            texts++;
            for (int position = 0; position < length; position++)
            {
                Assert.True(hashes.Add(hash.Of(text.Remove(position, 1).Insert(position, "b"))), $"length {length}, position {position}");
                texts++;
            }
        }
        Assert.Equal(texts, hashes.Count);
    }

    [Fact]
    public void Every_map_hashes_text_in_its_own_way()
    {
        string[] texts = [.. Enumerable.Range(0, 100).Select(i => $"text {i}")];
        Assert.NotEqual(OrderIn(texts), OrderIn(texts));
    }

    [Fact]
    public void No_text_is_hashed_to_the_same_under_all_seeds()
    {
        // Multiplying hashes with a public constant can be forced to zero by the text that cancels it. Here it would have to cancel the seed.
        foreach (string text in (string[])["", "\0", "\0\0\0\0", "\0\0\0\0\0\0\0\0", new string('\0', 50), new string('\uFFFF', 50)])
            Assert.Equal(20, Enumerable.Range(0, 20).Select(_ => StringHash.CreateRandom().Of(text)).Distinct().Count());
    }

    [Fact]
    public void The_bits_of_a_hash_that_choose_the_bucket_and_the_tag_are_spread()
    {
        StringHash hash = StringHash.CreateRandom();
        var buckets = new int[64];
        var tags = new int[128];
        for (int i = 0; i < 64_000; i++)
        {
            ulong value = hash.Of($"user:{i}");
            buckets[value >> 58]++;
            tags[(value >> 32) & 127]++;
        }

        // Nine standard deviations: 1,000 ± 31 for a bucket, 500 ± 22 for a tag.
        Assert.All(buckets, count => Assert.InRange(count, 720, 1_280));
        Assert.All(tags, count => Assert.InRange(count, 300, 700));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1 << 10)]
    [InlineData(1 << 20)]
    public void Regular_numbers_do_not_fall_into_few_buckets(int step)
    {
        var map = new ShardedMap<int, long>(1_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
            map[i * step] = i;

        // Overflow blocks for all the entries would take some 30,000 bytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000);
        Assert.Equal(1_000, map.Count);
    }

    [Fact]
    public void Numbers_with_more_than_32_bits_are_told_apart()
    {
        var map = new ShardedMap<long, int>();
        for (int i = 0; i < 1_000; i++)
            map[(long)i << 40] = i;
        Assert.Equal(Enumerable.Range(0, 1_000), map.Values.Order());
        Assert.Equal(7, map[7L << 40]);
    }

    [Fact]
    public void Ordinal_comparers_are_the_default_and_others_are_asked()
    {
        Assert.Same(StringComparer.Ordinal, new ShardedMap<string, int>(StringComparer.Ordinal).Comparer);
        Assert.Same(EqualityComparer<string>.Default, new ShardedMap<string, int>().Comparer);
        var map = new ShardedMap<string, int>(StringComparer.OrdinalIgnoreCase) { ["Key"] = 1 };
        Assert.Equal(1, map["KEY"]);
        map["KEY"] = 2;
        Assert.Equal([KeyValuePair.Create("Key", 2)], map);
        Assert.True(map.TryGetKey("kEy", out string? key));
        Assert.Equal("Key", key);
        Assert.False(map.TryGetKey("other", out _));
    }

    [Fact]
    public void A_flood_of_colliding_keys_is_slow_but_correct()
    {
        var map = new ShardedMap<int, int>(new ConstantHashComparer<int>());
        for (int i = 0; i < 2_000; i++)
            Assert.True(map.TryAdd(i, i));
        for (int i = 0; i < 2_000; i++)
            Assert.Equal(i, map[i]);
        for (int i = 0; i < 2_000; i += 2)
            Assert.True(map.TryRemove(i, out _));
        Assert.Equal(1_000, map.Count);
        map.TrimExcess();
        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => (i * 2) + 1), map.Keys.Order());
    }

    private static string OrderIn(string[] texts) =>
        string.Join(',', new ShardedMap<string, int>(texts.Select(text => KeyValuePair.Create(text, 0))).Keys);
}

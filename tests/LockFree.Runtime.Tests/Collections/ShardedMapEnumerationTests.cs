namespace LockFree.Tests.Collections;

public class ShardedMapEnumerationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public void Everything_comes_exactly_once(int count)
    {
        var map = new ShardedMap<int, string>(Enumerable.Range(0, count).Select(i => KeyValuePair.Create(i, $"{i}")));
        Assert.Equal(Enumerable.Range(0, count), map.Select(entry => entry.Key).Order());
        Assert.All(map, entry => Assert.Equal($"{entry.Key}", entry.Value));
        Assert.Equal(Enumerable.Range(0, count), map.Keys.Order());
        Assert.Equal(Enumerable.Range(0, count), map.Values.Select(int.Parse).Order());
        Assert.Equal(Enumerable.Range(0, count), map.ToArray().Select(entry => entry.Key).Order());
        Assert.Equal(Enumerable.Range(0, count), map.Keys.ToArray().Order());
        Assert.Equal(count, map.Values.ToArray().Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Growth_in_the_middle_of_a_walk_neither_hides_nor_repeats_anything(bool collide) =>
        WalkWhile(collide, 100, (map, step) =>
        {
            for (int i = 0; i < 10; i++)
                map.TryAdd(1_000_000 + (step * 10) + i, 0);
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Shrinking_in_the_middle_of_a_walk_neither_hides_nor_repeats_anything(bool collide) =>
        WalkWhile(collide, 100, (map, step) =>
        {
            if (step % 10 == 0)
                map.EnsureCapacity(10_000);
            else if (step % 10 == 5)
                map.TrimExcess();
        });

    [Fact]
    public void Updates_in_the_middle_of_a_walk_neither_hide_nor_repeat_anything()
    {
        var map = new ShardedMap<int, WideValue>(new ConstantHashComparer<int>());
        for (int i = 0; i < 50; i++)
            map[i] = new WideValue(i);
        var seen = new List<int>();
        foreach ((int key, WideValue value) in map)
        {
            Assert.True(value.IsWhole);
            seen.Add(key);
            for (int i = 0; i < 50; i++)
                map[i] = new WideValue(key + i);
        }
        Assert.Equal(Enumerable.Range(0, 50), seen.Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Changes_around_the_walk_neither_hide_nor_repeat_an_entry_that_stays(bool grows)
    {
        AssertStayingEntriesComeOnce(key => key, key => (long)key, grows);
        AssertStayingEntriesComeOnce(key => $"key {key}", key => (object)key, grows);
        AssertStayingEntriesComeOnce(key => new WideKey(key), key => (long)key, grows);
        AssertStayingEntriesComeOnce(key => new WideKey(key), key => new WideValue(key), grows);
    }

    /// <summary>
    /// At one step of a walk, removes some entries, adds them again in another order, and others, so that slots change hands in the bucket the walk is in,
    /// and lets the table grow after that.
    /// </summary>
    private static void AssertStayingEntriesComeOnce<TKey, TValue>(Func<int, TKey> keyOf, Func<int, TValue> valueOf, bool grows)
        where TKey : notnull
    {
        const int count = 60;
        for (int stop = 1; stop <= count; stop++)
        {
            var map = new ShardedMap<TKey, TValue>(count);
            for (int number = 0; number < count; number++)
                map[keyOf(number)] = valueOf(number);
            var seen = new List<TKey>();
            foreach (KeyValuePair<TKey, TValue> entry in map)
            {
                seen.Add(entry.Key);
                if (seen.Count != stop)
                    continue;
                for (int number = 0; number < count; number += 3)
                    Assert.True(map.TryRemove(keyOf(number), out _));
                for (int number = count; number < count + 10; number++)
                    map[keyOf(number)] = valueOf(number);
                for (int number = count - 3; number >= 0; number -= 6)
                    map[keyOf(number)] = valueOf(number);
                for (int number = 1; number < count; number += 3)
                    map[keyOf(number)] = valueOf(number);
                if (grows)
                    map.EnsureCapacity(1_000);
            }
            Assert.Equal(seen.Count, seen.Distinct().Count());
            IEnumerable<TKey> staying = Enumerable.Range(0, count).Where(number => number % 3 != 0).Select(keyOf);
            Assert.Empty(staying.Except(seen));
        }
    }

    [Fact]
    public void A_walk_begun_before_a_clear_goes_on_over_what_there_was()
    {
        var map = new ShardedMap<int, int>(Enumerable.Range(0, 100).Select(i => KeyValuePair.Create(i, i)));
        ShardedMap<int, int>.Enumerator walk = map.GetEnumerator();
        map.Clear();
        map[1_000] = 1;
        int count = 0;
        while (walk.MoveNext())
            count++;
        Assert.Equal(100, count);
        Assert.False(walk.MoveNext());
        walk.Reset();
        Assert.True(walk.MoveNext());
        Assert.Equal(1_000, walk.Current.Key);
    }

    [Fact]
    public void Keys_and_values_are_views_that_cannot_be_changed()
    {
        var map = new ShardedMap<int, string> { [1] = "one" };
        ShardedMap<int, string>.KeyCollection keys = map.Keys;
        ShardedMap<int, string>.ValueCollection values = map.Values;
        map[2] = "two";
        Assert.Equal((2, 2), (keys.Count, values.Count));
        Assert.Contains(2, keys);
        Assert.Contains("two", values);
        Assert.DoesNotContain("three", values);
        Assert.Throws<NotSupportedException>(() => ((ICollection<int>)keys).Add(3));
        Assert.Throws<NotSupportedException>(() => ((ICollection<int>)keys).Remove(1));
        Assert.Throws<NotSupportedException>(() => ((ICollection<string>)values).Clear());
        Assert.True(((ICollection<int>)keys).IsReadOnly);
    }

    [Fact]
    public async Task A_walk_beside_growth_and_updates_meets_every_old_key_exactly_once()
    {
        for (int round = 0; round < 5; round++)
        {
            var map = new ShardedMap<int, WideValue>();
            for (int i = 0; i < 200; i++)
                map[i] = new WideValue(i);
            Task writer = Task.Run(() =>
            {
                for (int i = 200; i < 3_000; i++)
                {
                    map[i] = new WideValue(i);
                    map[i % 200] = new WideValue(i);
                }
            });
            int walks = 0;
            do
            {
                var seen = new HashSet<int>();
                foreach ((int key, WideValue value) in map)
                {
                    Assert.True(value.IsWhole);
                    Assert.True(seen.Add(key), $"Key {key} came twice.");
                }
                Assert.Superset(Enumerable.Range(0, 200).ToHashSet(), seen);
                walks++;
            }
            while (!writer.IsCompleted);
            await writer.OrHang();
            Assert.True(walks > 0);
        }
    }

    private static void WalkWhile(bool collide, int count, Action<ShardedMap<int, int>, int> meanwhile)
    {
        var map = new ShardedMap<int, int>(collide ? new ConstantHashComparer<int>() : null);
        for (int i = 0; i < count; i++)
            map[i] = i;
        var seen = new List<int>();
        foreach ((int key, int value) in map)
        {
            if (key >= count)
                continue;
            Assert.Equal(key, value);
            seen.Add(key);
            meanwhile(map, seen.Count);
        }
        Assert.Equal(Enumerable.Range(0, count), seen.Order());
    }
}

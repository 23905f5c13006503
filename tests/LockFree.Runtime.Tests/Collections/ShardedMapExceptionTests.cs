using ComparerException = LockFree.Tests.Collections.CallbackComparer.ComparerException;

namespace LockFree.Tests.Collections;

/// <summary>What code of the caller's throws reaches the caller and leaves the map as it was.</summary>
public class ShardedMapExceptionTests
{
    [Theory]
    [MemberData(nameof(MapCallbacks.Names), MemberType = typeof(MapCallbacks))]
    public void A_callback_that_throws_changes_nothing(string callback)
    {
        ShardedMap<int, MapCallbacks.Probe>? map = null;
        int before = -1;
        Assert.Throws<NotFiniteNumberException>(() => MapCallbacks.Call(callback, called =>
        {
            map = called;
            before = called.Count;
            throw new NotFiniteNumberException();
        }));
        Assert.Equal(before, map!.Count);
        Assert.Equal(before == 1, map.ContainsKey(MapCallbacks.Key));

        // No bucket has stayed locked, no run is waited for.
        map[MapCallbacks.Key] = new MapCallbacks.Probe();
        Assert.True(map.TryRemove(MapCallbacks.Key, out _));
        map.GetOrAddOnce(MapCallbacks.Key, _ => new MapCallbacks.Probe());
        Assert.Single(map);
    }

    [Fact]
    public void A_comparer_that_throws_changes_nothing()
    {
        var comparer = new CallbackComparer();
        var map = new ShardedMap<string, int>(comparer) { ["a"] = 1 };
        comparer.ThrowsOn = _ => true;
        Assert.Throws<ComparerException>(() => map["a"]);
        Assert.Throws<ComparerException>(() => map["a"] = 2);
        Assert.Throws<ComparerException>(() => map.TryAdd("b", 2));
        Assert.Throws<ComparerException>(() => map.TryRemove("a", out _));
        Assert.Throws<ComparerException>(() => map.GetOrAdd("b", _ => 2));
        Assert.Throws<ComparerException>(() => map.GetOrAddOnce("b", _ => 2));
        Assert.Throws<ComparerException>(() => map.Compute("b", 0, static (_, ref entry, _) => entry.Value = 1));
        comparer.ThrowsOn = _ => false;
        Assert.Equal([KeyValuePair.Create("a", 1)], map);
        Assert.Equal(2, map.GetOrAddOnce("b", _ => 2));
    }

    [Fact]
    public void Equality_that_throws_after_the_hash_has_not_changes_nothing()
    {
        var comparer = new CallbackComparer();
        var map = new ShardedMap<string, int>(comparer) { ["a"] = 1 };
        int uses = 0;
        comparer.ThrowsOn = _ => ++uses == 2;
        Assert.Throws<ComparerException>(() => map["a"] = 2);
        uses = 0;
        Assert.Throws<ComparerException>(() => map.TryRemove("a", out _));
        Assert.Equal([KeyValuePair.Create("a", 1)], map);
        map["a"] = 3;
        Assert.Equal(3, map["a"]);
    }

    [Fact]
    public void A_stored_key_whose_hash_throws_stays_where_it_is_and_hinders_nobody_else()
    {
        var comparer = new CallbackComparer();
        var map = new ShardedMap<string, int>(comparer) { ["bad"] = -1 };
        comparer.HashThrowsOn = key => key == "bad";
        for (int i = 0; i < 2_000; i++)
            map[$"good {i}"] = i;
        for (int i = 0; i < 2_000; i++)
            Assert.Equal(i, map[$"good {i}"]);
        Assert.Throws<ComparerException>(() => map["bad"]);
        Assert.Contains(KeyValuePair.Create("bad", -1), map);
        Assert.Equal(2_001, map.Count);

        comparer.HashThrowsOn = _ => false;
        Assert.Equal(-1, map["bad"]);
        map.TrimExcess();
        Assert.Equal(2_001, map.ToArray().Length);
        Assert.Equal(-1, map["bad"]);
    }

    [Fact]
    public void A_stored_key_whose_hash_throws_does_not_stop_a_walk_whose_bucket_changes_meanwhile()
    {
        const int keys = 12;
        for (int bad = 0; bad < keys; bad++)
        {
            for (int step = 1; step <= keys; step++)
            {
                var comparer = new UnhashableComparer();
                var map = new ShardedMap<int, int>(Enumerable.Range(0, keys).Select(i => KeyValuePair.Create(i, i)), comparer);
                comparer.Unhashable = bad;
                var seen = new List<int>();
                foreach ((int key, int _) in map)
                {
                    if (key < keys)
                        seen.Add(key);
                    for (int i = keys; i < 10 * keys && seen.Count == step; i++)
                        map.TryAdd(i, i);
                }
                Assert.Equal(Enumerable.Range(0, keys), seen.Order());
            }
        }
    }

    [Fact]
    public void A_walk_that_a_hash_has_interrupted_can_go_on()
    {
        const int keys = 40;
        int interruptions = 0;
        for (int step = 1; step <= keys; step++)
        {
            var comparer = new CallbackComparer();
            var map = new ShardedMap<string, WideValue>(comparer);
            map.EnsureCapacity(80);
            for (int i = 0; i < keys; i++)
                map[$"key {i}"] = new WideValue(i);
            var seen = new List<string>();
            ShardedMap<string, WideValue>.Enumerator walk = map.GetEnumerator();
            while (Goes())
            {
                seen.Add(walk.Current.Key);
                if (seen.Count != step)
                    continue;
                // The entries still to come in this bucket get other slots, and then neighbours, from whom only the hash tells them apart.
                for (int i = 0; i < keys; i++)
                    map[$"key {i}"] = new WideValue(i);
                map.TrimExcess();
                comparer.HashThrowsOn = _ => true;
            }
            Assert.Equal(map.Keys.Order(), seen.Order());

            bool Goes()
            {
                try
                {
                    return walk.MoveNext();
                }
                catch (CallbackComparer.ComparerException)
                {
                    interruptions++;
                    comparer.HashThrowsOn = _ => false;
                    return walk.MoveNext();
                }
            }
        }
        Assert.True(interruptions > keys / 2, $"Only {interruptions} interruptions.");
    }

    [Fact]
    public void Resizing_on_demand_reports_a_hash_that_throws_and_can_be_repeated()
    {
        var comparer = new CallbackComparer();
        var map = new ShardedMap<string, int>(comparer);
        for (int i = 0; i < 100; i++)
            map[$"key {i}"] = i;
        comparer.HashThrowsOn = key => key == "key 50";
        Assert.Throws<ComparerException>(() => map.EnsureCapacity(10_000));
        comparer.HashThrowsOn = _ => false;
        Assert.Equal(50, map["key 50"]);
        Assert.True(map.EnsureCapacity(10_000) >= 10_000);
        Assert.Equal(Enumerable.Range(0, 100), map.Values.Order());
    }

    [Fact]
    public void A_null_key_is_refused_everywhere()
    {
        foreach (IEqualityComparer<string>? comparer in (IEqualityComparer<string>?[])[null, StringComparer.OrdinalIgnoreCase])
        {
            var map = new ShardedMap<string, int>(comparer);
            Assert.Throws<ArgumentNullException>("key", () => map.TryGetValue(null!, out _));
            Assert.Throws<ArgumentNullException>("key", () => map[null!]);
            Assert.Throws<ArgumentNullException>("key", () => map[null!] = 1);
            Assert.Throws<ArgumentNullException>("key", () => map.TryAdd(null!, 1));
            Assert.Throws<ArgumentNullException>("key", () => map.TryRemove(null!, out _));
            Assert.Throws<ArgumentNullException>("key", () => map.GetOrAddOnce(null!, _ => 1));
            Assert.Throws<ArgumentNullException>("key", () => map.GetOrAddOnce(null!, (_, number) => number, 1));
            Assert.Throws<ArgumentNullException>("key", () => { _ = map.GetOrAddAsync(null!, (_, _) => ValueTask.FromResult(1)); });
        }
    }

    [Fact]
    public void A_missing_function_is_refused()
    {
        var map = new ShardedMap<int, int>();
        Assert.Throws<ArgumentNullException>("valueFactory", () => map.GetOrAdd(1, (Func<int, int>)null!));
        Assert.Throws<ArgumentNullException>("valueFactory", () => map.GetOrAddOnce(1, null!));
        Assert.Throws<ArgumentNullException>("valueFactory", () => map.GetOrAddOnce(1, (Func<int, int, int>)null!, 1));
        Assert.Throws<ArgumentNullException>("valueFactory", () => { _ = map.GetOrAddAsync(1, null!); });
        Assert.Throws<ArgumentNullException>("updateValueFactory", () => map.AddOrUpdate(1, 1, null!));
        Assert.Throws<ArgumentNullException>("addValueFactory", () => map.AddOrUpdate(1, null!, (_, value) => value));
        Assert.Throws<ArgumentNullException>("updater", () => map.TryUpdate(1, (Func<int, int, int>)null!, out _));
        Assert.Throws<ArgumentNullException>("predicate", () => map.RemoveWhere(null!));
        Assert.Throws<ArgumentNullException>("predicate", () => map.TryRemove(1, null!, out _));
        Assert.Throws<ArgumentNullException>("function", () => map.Compute<int, int>(1, 1, null!));
    }

    [Fact]
    public void The_indexer_names_the_key_it_misses()
    {
        var map = new ShardedMap<string, int>();
        Assert.Contains("'ghost'", Assert.Throws<KeyNotFoundException>(() => map["ghost"]).Message);
        map.Add("ghost", 1);
        Assert.Contains("'ghost'", Assert.Throws<ArgumentException>(() => map.Add("ghost", 2)).Message);
    }

    private sealed class UnhashableComparer : IEqualityComparer<int>
    {
        public int? Unhashable { get; set; }

        public bool Equals(int x, int y) => x == y;

        public int GetHashCode(int obj) => obj == Unhashable ? throw new ComparerException() : obj;
    }
}

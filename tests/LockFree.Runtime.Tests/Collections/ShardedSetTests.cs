using System.Collections;
using System.Text.Json;
using CsCheck;

namespace LockFree.Tests.Collections;

public class ShardedSetTests
{
    private static readonly Gen<int[]> Items = Gen.Int[0, 20].Array[0, 15];

    [Fact]
    public void Adding_and_removing_behave_as_in_a_hash_set() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 20]).Array[0, 100].Sample(calls =>
        {
            var set = new ShardedSet<int>();
            var model = new HashSet<int>();
            foreach ((int call, int item) in calls)
            {
                bool agree = call switch
                {
                    0 => set.Add(item) == model.Add(item),
                    1 => set.TryAdd(item) == model.Add(item),
                    2 => set.Remove(item) == model.Remove(item),
                    3 => set.TryRemove(item) == model.Remove(item),
                    4 => set.Contains(item) == model.Contains(item),
                    _ => set.RemoveWhere(i => i > item) == model.RemoveWhere(i => i > item),
                };
                if (!agree || set.Count != model.Count || set.IsEmpty != (model.Count == 0))
                    return false;
            }
            return set.Order().SequenceEqual(model.Order());
        });

    [Fact]
    public void Combining_with_sequences_behaves_as_in_a_hash_set() =>
        Gen.Select(Items, Items, Gen.Int[0, 2]).Sample((left, right, call) =>
        {
            var set = new ShardedSet<int>(left);
            var model = new HashSet<int>(left);
            switch (call)
            {
                case 0:
                    set.UnionWith(right);
                    model.UnionWith(right);
                    break;
                case 1:
                    set.ExceptWith(right);
                    model.ExceptWith(right);
                    break;
                default:
                    set.IntersectWith(right);
                    model.IntersectWith(right);
                    break;
            }
            return set.ToArray().Order().SequenceEqual(model.Order());
        });

    [Fact]
    public void Comparing_with_sequences_behaves_as_in_a_hash_set() =>
        Gen.Select(Gen.Int[0, 3].Array[0, 4], Gen.Int[0, 3].Array[0, 4]).Sample((left, right) =>
        {
            var set = new ShardedSet<int>(left);
            var model = new HashSet<int>(left);
            return set.Overlaps(right) == model.Overlaps(right)
                && set.IsSubsetOf(right) == model.IsSubsetOf(right)
                && set.IsSupersetOf(right) == model.IsSupersetOf(right)
                && set.SetEquals(right) == model.SetEquals(right);
        });

    [Fact]
    public void A_set_can_be_combined_with_itself()
    {
        var set = new ShardedSet<int>(Enumerable.Range(0, 100));
        set.UnionWith(set);
        set.IntersectWith(set);
        Assert.Equal(100, set.Count);
        set.ExceptWith(set);
        Assert.Empty(set);
    }

    [Fact]
    public async Task Of_racing_callers_one_adds_and_one_removes()
    {
        var set = new ShardedSet<int>();
        int added = 0;
        int removed = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                if (set.Add(i % 10))
                    Interlocked.Increment(ref added);
                if (set.Remove(i % 10))
                    Interlocked.Increment(ref removed);
            }
        }))).OrHang();
        Assert.Equal(added, removed + set.Count);
    }

    [Fact]
    public async Task Everything_that_is_drained_goes_to_exactly_one_caller()
    {
        var set = new ShardedSet<int>();
        Task<List<int>>[] drainers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var drained = new List<int>();
            for (int i = 0; i < 500; i++)
                drained.AddRange(set.Drain());
            return drained;
        }))];
        for (int i = 0; i < 20_000; i++)
            Assert.True(set.Add(i));
        IEnumerable<int> all = (await Task.WhenAll(drainers).OrHang()).SelectMany(drained => drained).Concat(set);
        Assert.Equal(Enumerable.Range(0, 20_000), all.Order());
    }

    [Fact]
    public void The_first_of_equal_items_stays()
    {
        var set = new ShardedSet<string>(StringComparer.OrdinalIgnoreCase);
        Assert.True(set.Add("Item"));
        Assert.False(set.Add("ITEM"));
        Assert.True(set.TryGetValue("item", out string? actual));
        Assert.Equal("Item", actual);
        Assert.False(set.TryGetValue("other", out _));
        Assert.Same(StringComparer.OrdinalIgnoreCase, set.Comparer);
    }

    [Fact]
    public void It_is_a_collection()
    {
        ICollection<string> set = new ShardedSet<string>(10);
        set.Add("a");
        set.Add("a");
        Assert.Single(set);
        Assert.False(set.IsReadOnly);
        var array = new string[2];
        set.CopyTo(array, 1);
        Assert.Equal((null, "a"), (array[0], array[1]));
        ((ICollection)set).CopyTo(array, 0);
        Assert.Equal("a", array[0]);
        Assert.Equal("""["a"]""", JsonSerializer.Serialize(set));
        Assert.Equal(["a"], JsonSerializer.Deserialize<ShardedSet<string>>("""["a","a"]""")!);
        set.Clear();
        Assert.Empty(set);
    }

    [Fact]
    public void Room_can_be_made_and_given_back()
    {
        var set = new ShardedSet<int>(100, null);
        Assert.True(set.EnsureCapacity(1_000) >= 1_000);
        set.Add(1);
        set.TrimExcess();
        Assert.Equal([1], set);
        ShardedSet<int>.Enumerator walk = set.GetEnumerator();
        Assert.True(walk.MoveNext());
        Assert.False(walk.MoveNext());
        walk.Reset();
        Assert.True(walk.MoveNext());
        Assert.Equal(1, walk.Current);
    }

    [Fact]
    public void Missing_arguments_are_refused()
    {
        var set = new ShardedSet<string>();
        Assert.Throws<ArgumentNullException>(() => set.Add(null!));
        Assert.Throws<ArgumentNullException>(() => set.UnionWith(null!));
        Assert.Throws<ArgumentNullException>(() => set.IntersectWith(null!));
        Assert.Throws<ArgumentNullException>(() => set.RemoveWhere(null!));
        Assert.Throws<ArgumentNullException>("source", () => new ShardedSet<string>((IEnumerable<string>)null!));
        Assert.Throws<ArgumentNullException>("source", () => new ShardedSet<string>(null!, StringComparer.Ordinal));
    }
}

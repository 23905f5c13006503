namespace LockFree.Tests.Collections;

/// <summary>
/// A bucket tells by its word which kinds of keys are in its chain. Whatever happens to it, no key in the chain may be taken for missing, nor a missing
/// one for present.
/// </summary>
public class ShardedMapChainFilterTests
{
    private const int Keys = 96;

    [Fact]
    public void Keys_in_chains_are_found_through_all_changes() => Check(static number => number, comparer: null);

    [Fact]
    public void Keys_in_chains_are_found_through_all_changes_if_values_are_wide() => Check(static number => new PairValue(number), comparer: null);

    [Fact]
    public void Keys_in_chains_are_found_through_all_changes_by_a_comparer() =>
        Check(static number => number, EqualityComparer<CrowdedKey>.Create(static (x, y) => x == y, static key => key.GetHashCode()));

    private static void Check<TValue>(Func<long, TValue> valueOf, IEqualityComparer<CrowdedKey>? comparer)
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            var map = new ShardedMap<CrowdedKey, TValue>(comparer);
            var model = new Dictionary<CrowdedKey, TValue>();

            // Few entries more than a bucket has slots: few kinds in the chain.
            Add(random.Next(4, 6));
            Remove(random.Next(1, 8));
            Add(random.Next(1, 4));
            map.EnsureCapacity(random.Next(200, 1_000));
            Compare();
            Add(random.Next(20));
            Remove(random.Next(20));
            map.EnsureCapacity(5_000);
            Compare();
            map.TrimExcess();
            Compare();
            Remove(random.Next(10));
            Add(random.Next(5));
            Assert.Equal(model.Count, map.Drain().Length);
            model.Clear();
            Compare();
            Add(random.Next(14));
            map.Clear();
            model.Clear();
            Compare();
            Add(random.Next(14));

            void Add(int count)
            {
                for (int i = 0; i < count; i++)
                {
                    var key = new CrowdedKey(random.Next(Keys));
                    Assert.Equal(model.TryAdd(key, valueOf(key.Number)), map.TryAdd(key, valueOf(key.Number)));
                    key = new CrowdedKey(random.Next(Keys));
                    model[key] = valueOf(i);
                    map[key] = valueOf(i);
                }
                Compare();
            }

            void Remove(int count)
            {
                for (int i = 0; i < count; i++)
                {
                    CrowdedKey key = random.Next(2) == 0 || model.Count == 0
                        ? new CrowdedKey(random.Next(Keys))
                        : model.Keys.ElementAt(random.Next(model.Count));
                    Assert.Equal(model.Remove(key), map.TryRemove(key, out _));
                }
                Compare();
            }

            void Compare()
            {
                for (int number = 0; number < Keys; number++)
                {
                    var key = new CrowdedKey(number);
                    Assert.Equal(
                        (model.TryGetValue(key, out TValue? expected), expected), (map.TryGetValue(key, out TValue? actual), actual));
                }
                Assert.Equal(model.OrderBy(entry => entry.Key.Number), map.OrderBy(entry => entry.Key.Number));
            }
        }
    }
}

using LockFree.Benchmarks.Maps;

namespace LockFree.Benchmarks.Tests.Maps;

/// <summary>All maps do the same, or it would be no wonder that one is faster.</summary>
public class MapAdapterTests
{
    [Fact]
    public void Maps_of_any_types_do_what_a_dictionary_does()
    {
        Check<ShardedMapAdapter<int, object>, int>(static number => number);
        Check<ConcurrentDictionaryAdapter<int, object>, int>(static number => number);
        Check<NonBlockingAdapter<int, object>, int>(static number => number);
        Check<LockedDictionaryAdapter<MutualExclusion, int, object>, int>(static number => number);
        Check<LockedDictionaryAdapter<ReadersOrWriter, int, object>, int>(static number => number);
        Check<DictionaryAdapter<int, object>, int>(static number => number);
    }

    [Fact]
    public void Maps_of_text_do_what_a_dictionary_does()
    {
        Check<ShardedMapTextAdapter, string>(static number => $"{number}");
        Check<ConcurrentDictionaryTextAdapter, string>(static number => $"{number}");
        Check<NonBlockingTextAdapter, string>(static number => $"{number}");
        Check<DictionaryTextAdapter, string>(static number => $"{number}");
    }

    private static void Check<TMap, TKey>(Func<int, TKey> keyOf)
        where TMap : struct, IMapAdapter<TMap, TKey, object>
        where TKey : notnull
    {
        TMap map = TMap.Create();
        var expected = new Dictionary<TKey, object>();
        var random = new Random(1);
        for (int step = 0; step < 2_000; step++)
        {
            TKey key = keyOf(random.Next(50));
            object value = step;
            switch (random.Next(4))
            {
                case 0:
                    map.Set(key, value);
                    expected[key] = value;
                    break;
                case 1:
                    Assert.Equal(expected.TryAdd(key, value), map.TryAdd(key, value));
                    break;
                case 2:
                    Assert.Equal(expected.Remove(key), map.TryRemove(key));
                    break;
                default:
                    Assert.Equal((expected.TryGetValue(key, out object? stored), stored), (map.TryGet(key, out object? found), found));
                    break;
            }
            Assert.Equal((expected.Count, expected.Count), (map.Count, map.Walk()));
        }
    }
}

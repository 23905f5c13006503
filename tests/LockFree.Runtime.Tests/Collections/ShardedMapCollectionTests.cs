using System.Collections;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace LockFree.Tests.Collections;

/// <summary>The map behind the interfaces that dictionaries have.</summary>
public class ShardedMapCollectionTests
{
    private readonly ShardedMap<string, int> _map = new() { ["one"] = 1, ["two"] = 2 };

    [Fact]
    public void It_is_a_dictionary()
    {
        IDictionary<string, int> dictionary = _map;
        dictionary.Add(KeyValuePair.Create("three", 3));
        Assert.Throws<ArgumentException>(() => dictionary.Add("three", 4));
        Assert.Contains(KeyValuePair.Create("three", 3), dictionary);
        Assert.DoesNotContain(KeyValuePair.Create("three", 4), dictionary);
        Assert.False(dictionary.Remove(KeyValuePair.Create("three", 4)));
        Assert.True(dictionary.Remove(KeyValuePair.Create("three", 3)));
        Assert.True(dictionary.Remove("two"));
        Assert.False(dictionary.Remove("two"));
        Assert.False(dictionary.IsReadOnly);
        Assert.Equal(["one"], dictionary.Keys);
        Assert.Equal([1], dictionary.Values);
    }

    [Fact]
    public void It_is_a_read_only_dictionary()
    {
        IReadOnlyDictionary<string, int> dictionary = _map;
        Assert.Equal(2, dictionary.Count);
        Assert.Equal(["one", "two"], dictionary.Keys.Order());
        Assert.Equal([1, 2], dictionary.Values.Order());
    }

    [Fact]
    public void It_is_a_dictionary_of_objects()
    {
        IDictionary dictionary = _map;
        Assert.Equal(1, dictionary["one"]);
        Assert.Null(dictionary["ghost"]);
        Assert.Null(dictionary[5]);
        dictionary["three"] = 3;
        dictionary.Add("four", 4);
        Assert.True(dictionary.Contains("four"));
        Assert.False(dictionary.Contains(4));
        dictionary.Remove("four");
        dictionary.Remove(4);
        Assert.Equal(3, dictionary.Count);
        Assert.Throws<ArgumentException>(() => dictionary[5] = 5);
        Assert.Throws<ArgumentException>(() => dictionary["five"] = "5");
        Assert.Throws<ArgumentException>(() => dictionary["five"] = null);
        Assert.Throws<ArgumentException>(() => dictionary.Add("one", 1));
        Assert.Throws<ArgumentNullException>(() => dictionary[null!]);
        Assert.Throws<NotSupportedException>(() => dictionary.SyncRoot);
        Assert.Equal((false, false, false), (dictionary.IsFixedSize, dictionary.IsReadOnly, dictionary.IsSynchronized));
        Assert.Equal(["one", "three", "two"], dictionary.Keys.Cast<string>().Order());
        Assert.Equal([1, 2, 3], dictionary.Values.Cast<int>().Order());
    }

    [Fact]
    public void A_dictionary_of_objects_enumerates_its_own_kind_of_entries()
    {
        IDictionaryEnumerator enumerator = ((IDictionary)_map).GetEnumerator();
        var entries = new Dictionary<object, object?>();
        while (enumerator.MoveNext())
        {
            Assert.Equal(enumerator.Entry, enumerator.Current);
            entries.Add(enumerator.Key, enumerator.Value);
        }
        Assert.Equal([("one", 1), ("two", 2)], entries.Select(entry => ((string)entry.Key, (int)entry.Value!)).Order());
    }

    [Fact]
    public void A_null_is_a_value_like_any_other_where_the_type_has_one()
    {
        IDictionary dictionary = new ShardedMap<string, string?>();
        dictionary["nothing"] = null;
        Assert.True(dictionary.Contains("nothing"));
        Assert.Equal("nothing", Assert.Single(dictionary.Keys.Cast<string>()));
    }

    [Fact]
    public void Copies_fit_or_are_refused()
    {
        var pairs = new KeyValuePair<string, int>[3];
        _map.CopyTo(pairs, 1);
        Assert.Equal([1, 2], pairs[1..].Select(pair => pair.Value).Order());
        var objects = new object[2];
        ((ICollection)_map).CopyTo(objects, 0);
        Assert.All(objects, item => Assert.IsType<KeyValuePair<string, int>>(item));
        Assert.Throws<ArgumentException>(() => _map.CopyTo(pairs, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => _map.CopyTo(pairs, -1));
        Assert.Throws<ArgumentNullException>(() => _map.CopyTo(null!, 0));
        Assert.Throws<ArgumentException>(() => ((ICollection)_map).CopyTo(new string[2], 0));
        Assert.Throws<ArgumentException>(() => ((ICollection)_map).CopyTo(new object[2, 2], 0));
    }

    [Fact]
    public void It_is_made_from_sequences()
    {
        Assert.Equal(_map.ToArray().Order(Comparer<KeyValuePair<string, int>>.Create((x, y) => x.Value - y.Value)), new ShardedMap<string, int>(_map).OrderBy(e => e.Value));
        Assert.Throws<ArgumentException>(() => new ShardedMap<string, int>([KeyValuePair.Create("a", 1), KeyValuePair.Create("a", 2)]));
        Assert.Throws<ArgumentNullException>(() => new ShardedMap<string, int>((IEnumerable<KeyValuePair<string, int>>)null!));
        Assert.Equal(1, new ShardedMap<string, int>([KeyValuePair.Create("a", 1)], StringComparer.OrdinalIgnoreCase)["A"]);
        ShardedMap<string, int> initialised = new() { { "a", 1 }, { "b", 2 } };
        Assert.Equal(2, initialised.Count);
    }

    [Fact]
    public void It_survives_a_round_trip_through_json()
    {
        string json = JsonSerializer.Serialize(_map);
        ShardedMap<string, int>? copy = JsonSerializer.Deserialize<ShardedMap<string, int>>(json);
        Assert.Equal(_map.OrderBy(entry => entry.Value), copy!.OrderBy(entry => entry.Value));
        var numbers = new ShardedMap<int, WideRecord> { [1] = new WideRecord("a", 1) };
        Assert.Equal(numbers, JsonSerializer.Deserialize<ShardedMap<int, WideRecord>>(JsonSerializer.Serialize(numbers))!);
    }

    [Fact]
    public void A_debugger_shows_its_entries()
    {
        var proxy = typeof(ShardedMap<string, int>).GetCustomAttribute<DebuggerTypeProxyAttribute>();
        Type view = Type.GetType(proxy!.ProxyTypeName)!.MakeGenericType(typeof(string), typeof(int));
        object items = view.GetProperty("Items")!.GetValue(Activator.CreateInstance(view, _map))!;
        Assert.Equal(2, Assert.IsType<KeyValuePair<string, int>[]>(items).Length);
    }

    [Fact]
    public void Count_is_exact_after_threads_have_added_and_removed()
    {
        var map = new ShardedMap<int, int>();
        Parallel.For(0, 8, thread =>
        {
            for (int i = 0; i < 2_000; i++)
            {
                map[(thread * 10_000) + i] = i;
                if (i % 4 == 0)
                    map.TryRemove((thread * 10_000) + i, out _);
                Assert.True(map.Count >= 0);
            }
        });
        Assert.Equal(8 * 1_500, map.Count);
        Assert.False(map.IsEmpty);
    }

    private sealed record WideRecord(string Text, long Number);
}

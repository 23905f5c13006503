using LockFree.Testing;

using static LockFree.CodeFixes.Tests.HotCollections.CollectionFix;

namespace LockFree.CodeFixes.Tests.HotCollections;

/// <summary>Comparers, capacities, sources and initialisers survive, or the fix is not offered.</summary>
public sealed class CreationTests
{
    private const string Locked = "public void Set(string key, int value) { lock (_gate) { _map[key] = value; } }";
    private const string Free = "public void Set(string key, int value) { _map[key] = value; }";

    [Theory]
    [InlineData("Dictionary<string, int> _map = new();", "ShardedMap<string, int> _map = new();")]
    [InlineData("Dictionary<string, int> _map = new Dictionary<string, int>();", "ShardedMap<string, int> _map = new ShardedMap<string, int>();")]
    [InlineData("Dictionary<string, int> _map = new(16);", "ShardedMap<string, int> _map = new(16);")]
    [InlineData("Dictionary<string, int> _map = new(16, StringComparer.Ordinal);", "ShardedMap<string, int> _map = new(16, StringComparer.Ordinal);")]
    [InlineData("Dictionary<string, int> _map = new(StringComparer.OrdinalIgnoreCase) { [\"a\"] = 1 };", "ShardedMap<string, int> _map = new(StringComparer.OrdinalIgnoreCase) { [\"a\"] = 1 };")]
    [InlineData("Dictionary<string, int> _map = new() { { \"a\", 1 }, { \"b\", 2 } };", "ShardedMap<string, int> _map = new() { { \"a\", 1 }, { \"b\", 2 } };")]
    [InlineData("IDictionary<string, int> _map = new Dictionary<string, int> { { \"a\", 1 } };", "ShardedMap<string, int> _map = new ShardedMap<string, int> { { \"a\", 1 } };")]
    [InlineData("SortedDictionary<string, int> _map = new(StringComparer.Ordinal);", null)]
    public async Task Into_a_sharded_map(string before, string? after) => await VerifyAsync(before, after, Sharded, "LockFree");

    [CSharp13Fact]
    public async Task An_empty_collection_expression() =>
        await VerifyAsync("Dictionary<string, int> _map = [];", "ShardedMap<string, int> _map = new();", Sharded, "LockFree");

    [Theory]
    [InlineData("Dictionary<string, int> _map = new(16);", "ConcurrentDictionary<string, int> _map = new(Environment.ProcessorCount, 16);")]
    [InlineData("Dictionary<string, int> _map = new(16, StringComparer.Ordinal);", "ConcurrentDictionary<string, int> _map = new(Environment.ProcessorCount, 16, StringComparer.Ordinal);")]
    [InlineData("Dictionary<string, int> _map = new() { { \"a\", 1 }, { \"b\", 2 } };", "ConcurrentDictionary<string, int> _map = new() { [\"a\"] = 1, [\"b\"] = 2 };")]
    [InlineData("Dictionary<string, int> _map = new() { { \"a\", 1 }, { \"a\", 2 } };", null)]
    [InlineData("Dictionary<string, int> _map = new() { { Environment.MachineName, 1 }, { \"a\", 2 } };", null)]
    public async Task Into_a_ConcurrentDictionary(string before, string? after) => await VerifyAsync(before, after, Concurrent, "System.Collections.Concurrent");

    private static async Task VerifyAsync(string before, string? after, string key, string space)
    {
        string source = Class(Locked, "private readonly " + before);
        if (after is null)
            Assert.DoesNotContain(key, await OfferedAsync(source));
        else
            Assert.Equal(FixedClass(Free, "private readonly " + after, $"using {space};\n\n"), await FixAsync(source, key));
    }

    [Fact]
    public async Task A_sorted_map_of_numbers_whose_order_nobody_asks_for() => Assert.Equal(
        FixedClass("public void Set(int key, int value) { _map[key] = value; }", "private readonly ShardedMap<int, int> _map = new();"),
        await FixAsync(Class("public void Set(int key, int value) { lock (_gate) { _map[key] = value; } }", "private readonly SortedDictionary<int, int> _map = new();"), Sharded));

    [Fact]
    public async Task Created_and_filled_by_the_constructor() => Assert.Equal(
        """
        using LockFree;

        public sealed class Sessions
        {
            private readonly ShardedMap<string, int> _map;

            public Sessions(IEnumerable<string> names, IDictionary<string, int> source)
            {
                _map = new ShardedMap<string, int>(source, StringComparer.Ordinal);
                foreach (string name in names)
                    _map.Add(name, name.Length);
                _map.TryRemove("x", out _);
            }

            public void Set(string key, int value) { _map[key] = value; }
        }
        """,
        await FixAsync(
            """
            public sealed class Sessions
            {
                private readonly object _gate = new();
                private readonly Dictionary<string, int> _map;

                public Sessions(IEnumerable<string> names, IDictionary<string, int> source)
                {
                    _map = new Dictionary<string, int>(source, StringComparer.Ordinal);
                    foreach (string name in names)
                        _map.Add(name, name.Length);
                    _map.Remove("x");
                }

                public void Set(string key, int value) { lock (_gate) { _map[key] = value; } }
            }
            """,
            Sharded));

    [Fact]
    public async Task A_new_map_under_the_lock_is_a_cleared_one() => Assert.Equal(
        FixedClass("public void Set(string key, int value) { _map[key] = value; }\n\npublic void Reset() { _map.Clear(); }", "private ShardedMap<string, int> _map = new();"),
        await FixAsync(
            Class("public void Set(string key, int value) { lock (_gate) { _map[key] = value; } }\n\npublic void Reset() { lock (_gate) { _map = new Dictionary<string, int>(); } }", "private Dictionary<string, int> _map = new();"),
            Sharded));

    [Fact]
    public async Task A_new_map_of_another_comparer_is_no_cleared_one() => Assert.Empty(await OfferedAsync(
        Class("public void Set(string key, int value) { lock (_gate) { _map[key] = value; } }\n\npublic void Reset() { lock (_gate) { _map = new(StringComparer.OrdinalIgnoreCase); } }", "private Dictionary<string, int> _map = new();")));
}

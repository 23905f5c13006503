using LockFree.CodeFixes.Tests.Equivalence;
using static LockFree.CodeFixes.Tests.HotCollections.CollectionFix;

namespace LockFree.CodeFixes.Tests.HotCollections;

/// <summary>Before and after give the same results and the same exceptions, whatever is called in whatever order.</summary>
public sealed class EquivalenceTests
{
    public static TheoryData<string, string> Maps => new()
    {
        { Sharded, "new()" },
        { Sharded, "new(StringComparer.OrdinalIgnoreCase)" },
        { Sharded, "new(4) { [\"a\"] = 1, [\"b\"] = 2 }" },
        { Concurrent, "new()" },
        { Concurrent, "new(StringComparer.OrdinalIgnoreCase) { { \"a\", 1 }, { \"b\", 2 } }" },
        { Concurrent, "new(4, StringComparer.InvariantCulture)" },
    };

    [Theory]
    [MemberData(nameof(Maps))]
    public async Task A_map_behaves_as_before(string target, string creation)
    {
        string members = target == Sharded ? string.Join("\n", MapShapes.Singles, MapShapes.Compounds, MapShapes.ShardedOnly) : string.Join("\n", MapShapes.Singles, MapShapes.Compounds);
        await TwinRun.VerifyAsync(Class(members, $"private readonly Dictionary<string, int> _map = {creation};"), target, seed: 1);
    }

    [Fact]
    public Task A_map_whose_values_are_made_once_behaves_as_before()
        => TwinRun.VerifyAsync(Class(MapShapes.Once) + MapShapes.Loader, Sharded, seed: 5);

    [Theory]
    [InlineData(Sharded)]
    [InlineData(Concurrent)]
    public Task A_sorted_map_behaves_as_before(string target) => TwinRun.VerifyAsync(
        Class("""
            public void Set(int key, int value) { lock (_gate) { _map[key] = value; } }
            public void Add(int key, int value) { lock (_gate) { _map.Add(key, value); } }
            public bool Remove(int key) { lock (_gate) { return _map.Remove(key); } }
            public int Get(int key) { lock (_gate) { return _map[key]; } }
            public int Count() { lock (_gate) { return _map.Count; } }
            """, "private readonly SortedDictionary<int, int> _map = new();"),
        target, seed: 2, steps: 300);

    [Theory]
    [InlineData(Sharded, "new()")]
    [InlineData(Sharded, "new(StringComparer.OrdinalIgnoreCase)")]
    [InlineData(Concurrent, "new(StringComparer.OrdinalIgnoreCase)")]
    public Task A_set_behaves_as_before(string target, string creation)
        => TwinRun.VerifyAsync(Class(MapShapes.SetMembers, $"private readonly HashSet<string> _map = {creation};"), target, seed: 3, withNull: false);

    [Fact]
    public async Task A_difference_would_be_seen()
    {
        // The twin run itself: code that is not the same must not pass for it.
        string before = Class(MapShapes.Singles);
        string after = before.Replace("return _map.Remove(key);", "return !_map.Remove(key);");
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => TwinRun.CompareAsync(before, after, seed: 4, steps: 300, withNull: true));
    }
}

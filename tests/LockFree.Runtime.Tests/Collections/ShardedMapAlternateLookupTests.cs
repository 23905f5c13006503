namespace LockFree.Tests.Collections;

public class ShardedMapAlternateLookupTests
{
    public static TheoryData<string> Comparers => ["default", "ordinal", "ignoring case"];

    [Theory]
    [MemberData(nameof(Comparers))]
    public void Slices_of_text_stand_for_strings(string comparer)
    {
        ShardedMap<string, int> map = Create(comparer);
        for (int length = 0; length < 60; length++)
            map[new string('x', length)] = length;
        ShardedMap<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = map.GetAlternateLookup<ReadOnlySpan<char>>();
        string text = new('x', 60);
        for (int length = 0; length < 60; length++)
        {
            Assert.True(lookup.TryGetValue(text.AsSpan(0, length), out string? key, out int value));
            Assert.Equal((length, length), (key.Length, value));
            Assert.Equal(length, lookup[text.AsSpan(0, length)]);
        }
        Assert.False(lookup.ContainsKey("y"));
        Assert.Throws<KeyNotFoundException>(() => map.GetAlternateLookup<ReadOnlySpan<char>>()["y"]);
        Assert.Same(map, lookup.Map);
    }

    [Theory]
    [MemberData(nameof(Comparers))]
    public void Slices_of_text_add_set_and_remove(string comparer)
    {
        ShardedMap<string, int> map = Create(comparer);
        ShardedMap<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = map.GetAlternateLookup<ReadOnlySpan<char>>();
        Assert.True(lookup.TryAdd("one", 1));
        Assert.False(lookup.TryAdd("one", 2));
        Assert.Equal(1, lookup.GetOrAdd("one", 3));
        Assert.Equal(4, lookup.GetOrAdd("four", static key => key.Length));
        Assert.Equal(4, lookup.GetOrAdd("four", static _ => throw new NotSupportedException()));
        lookup["five"] = 4;
        lookup["five"] = 5;
        Assert.Equal([1, 4, 5], map.Values.Order());
        Assert.True(lookup.TryRemove("one", out string? key, out int value));
        Assert.Equal(("one", 1), (key, value));
        Assert.False(lookup.TryRemove("one", out _));
        Assert.Equal(["five", "four"], map.Keys.Order());
    }

    [Fact]
    public void The_comparer_of_the_map_decides()
    {
        var map = new ShardedMap<string, int>(StringComparer.OrdinalIgnoreCase) { ["Key"] = 1 };
        ShardedMap<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = map.GetAlternateLookup<ReadOnlySpan<char>>();
        lookup["KEY"] = 2;
        Assert.Equal([KeyValuePair.Create("Key", 2)], map);
    }

    [Fact]
    public void A_comparer_that_cannot_compare_the_types_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => new ShardedMap<int, int>().GetAlternateLookup<ReadOnlySpan<char>>());
        Assert.False(new ShardedMap<string, int>().TryGetAlternateLookup<long>(out _));
    }

    [Fact]
    public void Any_pair_of_types_will_do_that_a_comparer_knows()
    {
        var map = new ShardedMap<Named, int>(new ByName()) { [new Named("a")] = 1 };
        ShardedMap<Named, int>.AlternateLookup<string> lookup = map.GetAlternateLookup<string>();
        Assert.Equal(1, lookup["a"]);
        lookup["b"] = 2;
        Assert.Equal(["a", "b"], map.Keys.Select(key => key.Name).Order());
    }

    private static ShardedMap<string, int> Create(string comparer) => comparer switch
    {
        "ordinal" => new ShardedMap<string, int>(StringComparer.Ordinal),
        "ignoring case" => new ShardedMap<string, int>(StringComparer.OrdinalIgnoreCase),
        _ => [],
    };

    private sealed record Named(string Name);

    private sealed class ByName : IEqualityComparer<Named>, IAlternateEqualityComparer<string, Named>
    {
        public bool Equals(Named? x, Named? y) => x?.Name == y?.Name;

        public int GetHashCode(Named obj) => obj.Name.GetHashCode(StringComparison.Ordinal);

        public bool Equals(string alternate, Named other) => alternate == other.Name;

        public int GetHashCode(string alternate) => alternate.GetHashCode(StringComparison.Ordinal);

        public Named Create(string alternate) => new(alternate);
    }
}

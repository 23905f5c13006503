namespace LockFree.Tests.Collections;

/// <summary>Values whose own equality says less than identity: a function's result holds for the very value it was run on, not for an equal one.</summary>
public class ShardedMapCoarseEqualityTests
{
    [Fact]
    public void An_update_in_between_to_an_equal_value_runs_the_updater_again()
    {
        var map = new ShardedMap<string, Counter> { ["key"] = new("id", 1) };
        bool isFirst = true;

        bool found = map.TryUpdate("key", (key, seen) =>
        {
            if (isFirst)
            {
                isFirst = false;
                map[key] = new Counter("id", seen.Number + 1);
            }
            return new Counter("id", seen.Number + 1);
        }, out Counter updated);

        Assert.True(found);
        Assert.Equal(3, updated.Number);
        Assert.Equal(3, map["key"].Number);
    }

    [Fact]
    public void RemoveWhere_keeps_an_entry_that_was_refreshed_to_an_equal_value_after_the_predicate_chose_it()
    {
        var map = new ShardedMap<string, Counter> { ["key"] = new("id", 0) };

        int removed = map.RemoveWhere((key, seen) =>
        {
            if (seen.Number != 0)
                return false;
            map[key] = new Counter("id", 1);
            return true;
        });

        Assert.Equal(0, removed);
        Assert.Equal(1, map["key"].Number);
    }

    [Fact]
    public async Task An_updater_that_writes_to_a_neighbour_in_its_bucket_does_not_run_for_ever()
    {
        var map = new ShardedMap<int, Counter>(new ConstantHashComparer<int>()) { [1] = new("one", 1), [2] = new("two", 1) };

        bool found = await Task.Run(() => map.TryUpdate(1, (_, seen) =>
        {
            map[2] = new Counter("two", map[2].Number + 1);
            return new Counter("one", seen.Number + 1);
        }, out _)).OrHang();

        Assert.True(found);
        Assert.Equal(2, map[1].Number);
    }

    private readonly struct Counter(string id, int number) : IEquatable<Counter>
    {
        public int Number { get; } = number;

        private string Id { get; } = id;

        public bool Equals(Counter other) => Id == other.Id;

        public override bool Equals(object? obj) => obj is Counter other && Equals(other);

        public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
    }
}

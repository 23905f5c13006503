namespace LockFree.Tests.Collections;

public class ShardedMapComputeTests
{
    private readonly ShardedMap<string, int> _stock = new() { ["apples"] = 2 };

    [Fact]
    public void A_function_can_insert()
    {
        Assert.False(_stock.Compute("pears", 5, static (_, ref entry, amount) =>
        {
            bool existed = entry.Exists;
            entry.Value = amount;
            return existed;
        }));
        Assert.Equal(5, _stock["pears"]);
    }

    [Fact]
    public void A_function_can_update() => Assert.Equal((12, 12), (_stock.Compute("apples", 10, AddTo), _stock["apples"]));

    [Fact]
    public void A_function_can_remove()
    {
        Assert.Equal(2, _stock.Compute("apples", 0, static (_, ref entry, _) =>
        {
            int value = entry.Value;
            entry.Remove();
            return value;
        }));
        Assert.Empty(_stock);
    }

    [Fact]
    public void A_function_can_leave_things_as_they_are()
    {
        Assert.Equal(2, _stock.Compute("apples", 0, static (_, ref entry, _) => entry.GetValueOrDefault()));
        Assert.False(_stock.Compute("pears", 0, static (_, ref entry, _) => entry.TryGetValue(out int _)));
        Assert.Equal([KeyValuePair.Create("apples", 2)], _stock);
    }

    [Fact]
    public void A_function_can_change_its_mind()
    {
        _stock.Compute("pears", 0, static (_, ref entry, _) =>
        {
            entry.Value = 1;
            entry.Remove();
            return 0;
        });
        _stock.Compute("apples", 0, static (_, ref entry, _) =>
        {
            entry.Remove();
            entry.Value = 3;
            return 0;
        });
        Assert.Equal([KeyValuePair.Create("apples", 3)], _stock);
    }

    [Fact]
    public void The_value_of_a_missing_entry_cannot_be_read() =>
        Assert.Throws<InvalidOperationException>(() => _stock.Compute("pears", 0, static (_, ref entry, _) => entry.Value));

    [Fact]
    public async Task Computations_beside_each_other_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 5_000; i++)
                _stock.Compute("apples", 1, AddTo);
        }))).OrHang();
        Assert.Equal(20_002, _stock["apples"]);
    }

    private static int AddTo(string key, ref MapEntry<int> entry, int amount)
    {
        entry.Value = entry.GetValueOrDefault() + amount;
        return entry.Value;
    }
}

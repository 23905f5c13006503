namespace LockFree.Tests;

/// <summary>How often a client's type is restored while a program runs: where the library casts, this build counts.</summary>
public class ClientHubDowncastTests
{
    private static readonly ClientKey Key = ClientKey.Global("orders");

    private readonly ClientHub _hub = new();

    [Fact]
    public async Task Whoever_keeps_the_slot_costs_one_downcast_per_key_and_type_whatever_happens_to_the_client()
    {
        var asOrders = _hub.Slot<IOrders>(Key);
        var asClass = _hub.Slot<Orders>(Key);
        var waiting = asOrders.WaitAsync().AsTask();
        IOrders[] made = await Task.WhenAll(Enumerable.Range(0, 3)
            .Select(_ => Task.Run(() => asOrders.GetOrInitAsync((_, _) => ValueTask.FromResult<IOrders>(new Orders())).AsTask())));
        Assert.Same(made[0], await waiting);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(user => Task.Run(async () =>
        {
            for (int use = 0; use < 1_000; use++)
            {
                Assert.Same(made[0], asOrders.Value);
                Assert.True(asOrders.TryGet(out _));
                Assert.Same(made[0], await asOrders.WaitAsync());
                Assert.Same(made[0], await asOrders.GetOrInitAsync((_, _) => throw new NotSupportedException()));
                Assert.False(asClass.TryGet(out _));
            }
        })));
        Assert.Equal(2, _hub.Clients.Count);
        await _hub.DisposeAsync();

        Assert.Equal((1, 1), (Downcast.CountOf(asOrders), Downcast.CountOf(asClass)));
    }

    [Fact]
    public void Whoever_comes_by_key_costs_one_downcast_a_time()
    {
        _hub.Register<IOrders>(Key, new Orders());
        for (int use = 0; use < 10; use++)
            _hub.Get<IOrders>(Key);

        // Once for the registration, ten times for the uses, once for this.
        Assert.Equal(12, Downcast.CountOf(_hub.Slot<IOrders>(Key)));
    }

    private interface IOrders;

    private sealed class Orders : IOrders;
}

namespace LockFree.Tests.Examples;

/// <summary>What docs/runtime shows of <see cref="ClientHub"/> does what it says.</summary>
public sealed class ClientExampleTests
{
    private readonly RecordingOrders _orders = new();
    private readonly Order _order = new("book");

    [Fact]
    public async Task ALockedCheckout_FindsItsClient()
    {
        var clients = new LockedClients();
        clients.Add("orders", _orders);

        await new LockedCheckout(clients).PlaceAsync(_order);

        Assert.Equal([_order], _orders.Placed);
    }

    [Fact]
    public async Task ACheckout_FindsItsClient_AndTheHubDisposesOfWhatItMade()
    {
        var hub = new ClientHub();
        var checkout = new Checkout(hub);
        var billing = Assert.IsType<BillingClient>(await ClientSetup.FillAsync(hub, _orders, CancellationToken.None).OrHang());

        await checkout.PlaceAsync(_order);
        Assert.Equal([_order], _orders.Placed);
        Assert.Equal("eu", billing.Region);

        await hub.DisposeAsync();
        Assert.True(billing.IsDisposed);
        Assert.False(_orders.IsDisposed);
    }

    private sealed class RecordingOrders : IOrders, IDisposable
    {
        public List<Order> Placed { get; } = [];

        public bool IsDisposed { get; private set; }

        public Task PlaceAsync(Order order)
        {
            Placed.Add(order);
            return Task.CompletedTask;
        }

        public void Dispose() => IsDisposed = true;
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace LockFree.Generators.Tests.Documentation;

/// <summary>What docs/runtime/client-accessors.md shows and says is so.</summary>
public sealed class ClientAccessorsPageTests
{
    private readonly OrdersClient _orders = new("everywhere");

    [Fact]
    public async Task ACheckoutFindsItsClients()
    {
        await using var services = Build();
        services.GetRequiredService<ClientHub>().Register<IOrders>(ClientKey.Global("orders"), _orders);

        await services.GetRequiredService<Checkout>().PlaceAsync("book", CancellationToken.None);

        Assert.Equal(["book"], _orders.Placed);
    }

    [Fact]
    public async Task InitializeAsyncMakesWhatHasAnInitialiserAndWaitUntilReadyAsyncWaitsForTheRest()
    {
        await using var services = Build();
        var hub = services.GetRequiredService<ClientHub>();
        var clients = services.GetRequiredService<ShopClients>();

        Assert.Throws<ClientNotInitializedException>(() => clients.EuropeanOrders);
        var ready = clients.WaitUntilReadyAsync();
        await clients.InitializeAsync();

        Assert.Equal("eu", Assert.IsType<OrdersClient>(clients.EuropeanOrders).Region);
        Assert.True(clients.TryGetPricing(out _));
        Assert.False(clients.TryGetOrders(out _));
        Assert.False(ready.IsCompleted);

        hub.Register<IOrders>(ClientKey.Global("orders"), _orders);
        Assert.True(hub.TryRegister<IBilling>(ClientKey.Scoped("eu", "billing"), new Billing()));
        await ready;

        Assert.Same(_orders, clients.Orders);
        Assert.IsType<Billing>(clients.Billing);
    }

    [Fact]
    public void AMethodGivesTheSameClientAsAProperty()
    {
        var hub = new ClientHub();
        hub.Register<IOrders>(ClientKey.Global("orders"), _orders);

        Assert.Same(_orders, new ClientsByMethod(hub).GetOrders());
        Assert.True(new ClientsByMethod(hub).TryGetOrders(out var found));
        Assert.Same(_orders, found);
    }

    [Fact]
    public async Task APrimaryConstructorGivesTheInitialisersWhatTheyNeed()
    {
        var hub = new ClientHub();
        var clients = new TenantClients(hub, new TenantOptions("north"));

        await clients.InitializeAsync();

        Assert.Equal("north", Assert.IsType<OrdersClient>(clients.Orders).Region);
    }

    private static ServiceProvider Build()
    {
        var services = new ServiceCollection();
        Registrations.AddShop(services);
        return services.BuildServiceProvider();
    }

    private sealed class Billing : IBilling;
}

using LockFree.Generators.Tests.Accessors;

namespace LockFree.Generators.Tests;

/// <summary>What generated accessors do, over a real hub.</summary>
public sealed class GeneratedAccessorsTests
{
    private static readonly ClientKey OrdersKey = ClientKey.Global("orders");
    private static readonly ClientKey PricingKey = ClientKey.Global("pricing");

    private readonly ClientHub _hub = new();

    [Fact]
    public void Property_gives_the_client_that_was_registered_before_the_accessors_were_made()
    {
        var orders = new Orders();
        _hub.Register<IOrders>(OrdersKey, orders);

        Assert.Same(orders, new GatewayClients(_hub).Orders);
    }

    [Fact]
    public void Property_gives_the_client_that_was_registered_after_the_accessors_were_made()
    {
        var clients = new GatewayClients(_hub);
        var orders = new Orders();
        _hub.Register<IOrders>(OrdersKey, orders);

        Assert.Same(orders, clients.Orders);
    }

    [Fact]
    public void Method_gives_the_client()
    {
        var orders = new Orders();
        _hub.Register<IOrders>(ClientKey.Global("legacy"), orders);

        Assert.Same(orders, new GatewayClients(_hub).GetLegacyOrders());
    }

    [Fact]
    public void Client_that_is_not_there_throws_with_its_key_and_type()
    {
        _hub.Register<IOrders>(OrdersKey, new Orders());

        var exception = Assert.Throws<ClientNotInitializedException>(() => new GatewayClients(_hub).EuropeanOrders);

        Assert.Equal(ClientKey.Scoped("eu", "orders"), exception.Key);
        Assert.Equal(typeof(IOrders), exception.ClientType);
    }

    [Fact]
    public void Key_is_that_of_the_contract_where_the_member_gives_none()
    {
        var billing = new Billing();
        _hub.Register<IBilling>(ClientKey.Scoped("eu", "billing"), billing);

        Assert.Same(billing, new GatewayClients(_hub).Billing);
    }

    [Fact]
    public void TryGet_gives_the_client_once_it_is_there()
    {
        var clients = new GatewayClients(_hub);
        Assert.False(clients.TryGetOrders(out IOrders? missing));
        Assert.Null(missing);

        var orders = new Orders();
        _hub.Register<IOrders>(OrdersKey, orders);

        Assert.True(clients.TryGetOrders(out IOrders? found));
        Assert.Same(orders, found);
    }

    [Fact]
    public async Task Lazy_method_runs_its_initialiser_once_for_racing_callers()
    {
        int runs = 0;
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clients = new GatewayClients(_hub)
        {
            OnConnectPricing = async (key, _) =>
            {
                Assert.Equal(PricingKey, key);
                Interlocked.Increment(ref runs);
                await gate.Task;
                return new Pricing();
            },
        };

        Task<IPricing>[] callers = [.. Enumerable.Range(0, 3).Select(_ => clients.PricingAsync(CancellationToken.None).AsTask())];
        gate.SetResult();
        IPricing[] results = await Task.WhenAll(callers);

        Assert.Equal(1, runs);
        Assert.All(results, result => Assert.Same(results[0], result));
    }

    [Fact]
    public async Task Lazy_method_fills_the_property_of_the_same_client()
    {
        var clients = new GatewayClients(_hub);
        IPricing made = await clients.PricingAsync(CancellationToken.None);

        Assert.Same(made, clients.Pricing);
        Assert.Same(made, new GatewayClients(_hub).Pricing);
    }

    [Fact]
    public async Task Ready_clients_are_read_without_allocating()
    {
        var clients = new GatewayClients(_hub);
        _hub.Register<IOrders>(OrdersKey, new Orders());
        await clients.PricingAsync(CancellationToken.None);
        ReadMany(clients);

        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadMany(clients);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Initialization_runs_every_initialiser_at_once()
    {
        // Each initialiser waits for the other to have begun: one after the other they would never end.
        var begun = new Dictionary<ClientKey, TaskCompletionSource>
        {
            [OrdersKey] = new(TaskCreationOptions.RunContinuationsAsynchronously),
            [PricingKey] = new(TaskCreationOptions.RunContinuationsAsynchronously),
        };
        var clients = new StartupClients(_hub, (key, _) =>
        {
            begun[key].SetResult();
            return Task.WhenAll(begun.Values.Select(source => source.Task));
        });

        await clients.InitializeAsync();

        Assert.NotNull(clients.Orders);
        Assert.NotNull(clients.Pricing);
    }

    [Fact]
    public async Task Initialization_leaves_alone_what_is_there()
    {
        var orders = new Orders();
        _hub.Register<IOrders>(OrdersKey, orders);
        var connected = new List<ClientKey>();
        var clients = new StartupClients(_hub, (key, _) =>
        {
            connected.Add(key);
            return Task.CompletedTask;
        });

        await clients.InitializeAsync();
        await clients.InitializeAsync();

        Assert.Equal([PricingKey], connected);
        Assert.Same(orders, clients.Orders);
    }

    [Fact]
    public async Task Initialization_tells_all_failures_together()
    {
        var clients = new StartupClients(_hub, (key, _) => Task.FromException(new InvalidOperationException(key.Name)));

        var exception = await Assert.ThrowsAsync<AggregateException>(() => clients.InitializeAsync());

        Assert.Equal(["orders", "pricing"], exception.InnerExceptions.Select(inner => inner.Message).Order());
    }

    [Fact]
    public async Task Initialization_tells_a_single_failure_as_it_is_and_keeps_what_succeeded()
    {
        var failure = new InvalidOperationException("no pricing today");
        var clients = new StartupClients(_hub, (key, _) => key == PricingKey ? Task.FromException(failure) : Task.CompletedTask);

        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => clients.InitializeAsync()));

        Assert.True(clients.TryGetOrders(out _));
        Assert.False(clients.TryGetPricing(out _));
    }

    [Fact]
    public async Task Initialization_can_be_left()
    {
        using var cancellation = new CancellationTokenSource();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clients = new StartupClients(_hub, (_, token) =>
        {
            begun.TrySetResult();
            return Task.Delay(Timeout.Infinite, token);
        });

        Task initialization = clients.InitializeAsync(cancellation.Token);
        await begun.Task;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => initialization);
    }

    [Fact]
    public async Task Initialization_over_a_closed_hub_fails_for_every_client()
    {
        var clients = new StartupClients(_hub, (_, _) => Task.CompletedTask);
        await _hub.DisposeAsync();

        var exception = await Assert.ThrowsAsync<AggregateException>(() => clients.InitializeAsync());

        Assert.Equal(2, exception.InnerExceptions.Count);
        Assert.All(exception.InnerExceptions, inner => Assert.IsType<ObjectDisposedException>(inner));
    }

    [Fact]
    public async Task Waiting_ends_when_the_last_client_is_there()
    {
        var clients = new StartupClients(_hub, (_, _) => Task.CompletedTask);
        Task ready = clients.WaitUntilReadyAsync();

        await clients.InitializeAsync();
        Assert.False(ready.IsCompleted);

        _hub.Register<IBilling>(ClientKey.Global("billing"), new Billing());
        await ready;
    }

    [Fact]
    public async Task Waiting_can_be_left()
    {
        using var cancellation = new CancellationTokenSource();
        Task ready = new StartupClients(_hub, (_, _) => Task.CompletedTask).WaitUntilReadyAsync(cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ready);
    }

    [Fact]
    public async Task Class_without_clients_is_ready_at_once()
    {
        var clients = new NoClients(_hub);

        await clients.InitializeAsync();
        await clients.WaitUntilReadyAsync();
    }

    [Fact]
    public void Null_hub_is_refused() => Assert.Throws<ArgumentNullException>("hub", () => new GatewayClients(null!));

    [Fact]
    public void Base_class_gets_the_hub()
    {
        var orders = new Orders();
        _hub.Register<IOrders>(OrdersKey, orders);
        HubUser clients = new DerivedClients(_hub);

        Assert.Same(_hub, clients.Hub);
        Assert.Same(orders, clients.Orders);
    }

    [Fact]
    public void Class_in_a_generic_type_has_a_client_for_each_type()
    {
        var key = ClientKey.Global("tenant");
        _hub.Register<IOrders>(key, new Orders());
        _hub.Register<IPricing>(key, new Pricing());

        Assert.IsType<Orders>(new Tenants<IOrders>.Clients(_hub).Own);
        Assert.IsType<Pricing>(new Tenants<IPricing>.Clients(_hub).Own);
    }

    [Fact]
    public void Record_prints_a_client_that_is_not_there_instead_of_throwing()
    {
        var clients = new RecordClients(_hub) { Name = "gateway", Attempts = 2 };
        Assert.Equal("RecordClients { Name = gateway, Orders = not initialised, Attempts = 2 }", clients.ToString());

        _hub.Register<IOrders>(OrdersKey, new Orders());
        Assert.Equal($"RecordClients {{ Name = gateway, Orders = {typeof(Orders)}, Attempts = 2 }}", clients.ToString());
    }

    [Fact]
    public void Record_copied_with_a_change_keeps_its_clients()
    {
        var orders = new Orders();
        _hub.Register<IOrders>(OrdersKey, orders);

        RecordClients copy = new RecordClients(_hub) with { Attempts = 2 };

        Assert.Same(orders, copy.Orders);
        Assert.Equal(new RecordClients(_hub) { Attempts = 2 }, copy);
    }

    private static void ReadMany(GatewayClients clients)
    {
        for (int read = 0; read < 100; read++)
        {
            _ = clients.Orders;
            _ = clients.TryGetOrders(out _);
            _ = clients.PricingAsync(CancellationToken.None).IsCompletedSuccessfully;
        }
    }
}

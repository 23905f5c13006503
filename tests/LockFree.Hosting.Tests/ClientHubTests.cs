using LockFree.Hosting.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace LockFree.Hosting.Tests;

public class ClientHubTests
{
    private static readonly ClientKey Key = ClientKey.Global("orders");

    [Fact]
    public async Task TwoCallsAddOneHub()
    {
        var services = new ServiceCollection();
        services.AddClientHub().AddClientHub();

        Assert.Single(services, service => service.ServiceType == typeof(ClientHub));
        await using var provider = services.BuildServiceProvider();
        Assert.Same(provider.GetRequiredService<ClientHub>(), provider.GetRequiredService<ClientHub>());
    }

    [Fact]
    public async Task EveryConfigurationRunsOnceInOrderWhenTheHubIsMade()
    {
        var calls = new List<string>();
        var client = new object();
        var services = new ServiceCollection();
        services.AddSingleton(client);
        services.AddClientHub((provider, hub) =>
        {
            calls.Add("first");
            hub.Register(Key, provider.GetRequiredService<object>());
        });
        services.AddClientHub((_, hub) => calls.Add($"second, after {hub.Clients.Count}"));
        await using var provider = services.BuildServiceProvider();
        Assert.Empty(calls);

        Assert.Same(client, provider.GetRequiredService<ClientHub>().Get<object>(Key));
        _ = provider.GetRequiredService<ClientHub>();
        Assert.Equal(["first", "second, after 1"], calls);
    }

    [Fact]
    public async Task AConfigurationThatThrowsFailsWhoeverAskedAndTheNextBeginsAnew()
    {
        var attempts = 0;
        var services = new ServiceCollection();
        services.AddClientHub((_, hub) =>
        {
            hub.Register(Key, new object());
            if (++attempts == 1)
                throw new InvalidOperationException("Not yet.");
        });
        await using var provider = services.BuildServiceProvider();

        Assert.Throws<InvalidOperationException>(provider.GetRequiredService<ClientHub>);
        Assert.NotNull(provider.GetRequiredService<ClientHub>().Get<object>(Key));
    }

    [Fact]
    public async Task AHubThatIsRegisteredAlreadyIsKeptButCannotBeConfigured()
    {
        await using var own = new ClientHub();
        var services = new ServiceCollection();
        services.AddSingleton(own).AddClientHub();

        Assert.Throws<InvalidOperationException>(() => services.AddClientHub((_, _) => { }));
        await using var provider = services.BuildServiceProvider();
        Assert.Same(own, provider.GetRequiredService<ClientHub>());
    }

    [Fact]
    public async Task TheHubIsDisposedOfOnceWithTheContainerAfterTheServicesHaveStopped()
    {
        var host = await TestHost.StartedAsync(services =>
        {
            services.AddClientHub();
            services.AddLifecycle("consumer", async (provider, context) =>
            {
                await Workers.UntilStopped(provider, context);
                provider.GetRequiredService<EventRecord>().Add("consumer ended");
            });
        });
        var hub = host.Services.GetRequiredService<ClientHub>();
        await hub.GetOrInitAsync(Key, (_, _) => new ValueTask<RecordingClient>(new RecordingClient(host.Events)));

        await host.StopAsync().OrHang();
        Assert.Equal(["consumer ended"], host.Events.All);
        Assert.True(hub.TryGet<RecordingClient>(Key, out _));

        await host.DisposeAsync();
        await host.DisposeAsync();
        Assert.Equal(["consumer ended", "client disposed"], host.Events.All);
        Assert.Throws<ObjectDisposedException>(() => hub.Slot<RecordingClient>(Key));
    }

    [Fact]
    public async Task AContainerWithAHubIsDisposedOfAsynchronouslyOnly()
    {
        var services = new ServiceCollection();
        services.AddClientHub();
        await using var provider = services.BuildServiceProvider();
        _ = provider.GetRequiredService<ClientHub>();

        Assert.Throws<InvalidOperationException>(provider.Dispose);
    }

    [Fact]
    public async Task ClientsAreMadeBeforeAnyServiceStarts()
    {
        var connecting = new Gate();
        await using var host = new TestHost(services =>
        {
            services.AddLifecycle("consumer", (provider, context) =>
            {
                provider.GetRequiredService<EventRecord>().Add("consumer begun");
                return Workers.UntilStopped(provider, context);
            });
            services.AddClientAccessors<Clients>(static (clients, cancellationToken) => clients.InitializeAsync(cancellationToken));
            services.AddSingleton(connecting);
        });

        var starting = host.StartAsync();
        await connecting.Reached;
        Assert.Empty(host.Events.All);

        connecting.Open();
        await starting.OrHang();
        Assert.Equal(["connected", "consumer begun"], host.Events.All);
        Assert.Contains("Clients", host.Log.Single(40).Message);
    }

    [Fact]
    public async Task ClientsThatCannotBeMadeFailTheStart()
    {
        await using var host = new TestHost(services =>
        {
            services.AddSingleton(new Gate());
            services.AddClientAccessors<Clients>(static (_, _) => throw new TimeoutException("No connection."));
        });

        await Assert.ThrowsAsync<TimeoutException>(() => host.StartAsync().OrHang());
    }

    private sealed class Clients(ClientHub hub, EventRecord events, Gate connecting)
    {
        public async Task InitializeAsync(CancellationToken cancellationToken) => await hub.GetOrInitAsync(
            Key,
            async (_, token) =>
            {
                await connecting.PassAsync(token);
                events.Add("connected");
                return new RecordingClient(new EventRecord());
            },
            cancellationToken);
    }
}

using LockFree.Hosting.Tests.Documentation.After;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LockFree.Hosting.Tests.Documentation;

/// <summary>The registrations on the documentation's page.</summary>
internal static class Registrations
{
    public static void AddServer(IServiceCollection services)
    {
        services.AddTaskTracker();
        services.AddLifecycle<Server>("server");
    }

    public static void AddClients(IServiceCollection services)
    {
        services.AddClientHub((provider, hub) => hub.Register(ClientKey.Global("clock"), provider.GetRequiredService<TimeProvider>()));
        services.AddClientAccessors<ShopClients>(static (clients, cancellationToken) => clients.InitializeAsync(cancellationToken));
    }

    public static void AddWorkers(IServiceCollection services, IConfiguration configuration)
    {
        services.AddLifecycle<PriceRefresher>("prices");
        services.AddLifecycle("heartbeat", static async (provider, context) =>
        {
            var monitor = provider.GetRequiredService<IMonitor>();
            context.NotifyReady();
            while (true)
            {
                await monitor.BeatAsync(context.Stopping);
                await Task.Delay(TimeSpan.FromSeconds(10), context.TimeProvider, context.Stopping);
            }
        }, options =>
        {
            options.WaitUntilReady = false;
            options.GracePeriod = TimeSpan.FromSeconds(5);
            options.FaultBehavior = LifecycleFaultBehavior.Ignore;
        });
        services.Configure<LifecycleOptions>("prices", configuration.GetSection("Prices"));
    }

    public static void AddReadiness(IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<LifecycleHealthCheck>("ready", tags: ["ready"]);
    }

    public static void MapOrders(WebApplication app)
    {
        app.MapPost("/orders", (Order order, TaskTracker tracker, OrderBook book) =>
            tracker.TryRun(cancellationToken => book.ShipAsync(order, cancellationToken))
                ? Results.Accepted()
                : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
    }

    public static void SetTimeout(IServiceCollection services)
    {
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(25));
    }

    public interface IMonitor
    {
        Task BeatAsync(CancellationToken cancellationToken);
    }

    public sealed record Order(string Item, int Quantity);

    public sealed class OrderBook
    {
        private int _shipped;

        public Task ShipAsync(Order order, CancellationToken cancellationToken)
        {
            Interlocked.Add(ref _shipped, order.Quantity);
            return Task.CompletedTask;
        }
    }

    public sealed class ShopClients
    {
        public Task InitializeAsync(CancellationToken cancellationToken) => Task.Delay(TimeSpan.Zero, cancellationToken);
    }

    public sealed class PriceRefresher : ILifecycleWorker
    {
        public Task RunAsync(LifecycleContext context) => Task.Delay(Timeout.InfiniteTimeSpan, context.TimeProvider, context.Stopping);
    }
}

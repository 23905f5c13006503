using Backends;
using Gateway.Billing;
using Gateway.Clients;
using Gateway.Dispatch;
using Gateway.Endpoints;
using Gateway.Prices;
using Gateway.Routing;
using Gateway.Settings;
using Gateway.Statistics;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway;

/// <summary>Puts the gateway together.</summary>
public static class GatewayServices
{
    public static IServiceCollection AddGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<GatewayOptions>(configuration.GetSection("Gateway"));
        services.Configure<SimulationOptions>(configuration.GetSection("Simulation"));
        services.TryAddSingleton(TimeProvider.System);
        services.AddProblemDetails();

        services.AddSingleton<SimulatedBackends>();
        services.AddSingleton<IBackendConnector>(provider => provider.GetRequiredService<SimulatedBackends>());
        services.AddSingleton<RouteSource>();
        services.AddSingleton<RouteJournal>();

        services.AddClientAccessors<GatewayClients>(static (clients, cancellationToken) => clients.InitializeAsync(cancellationToken));
        services.AddSingleton<BackendHealth>();
        services.AddSingleton<RouteTable>();
        services.AddSingleton<RouteLoader>();
        services.AddSingleton<DuplicateDetector>();
        services.AddSingleton<QuotaBook>();
        services.AddSingleton<RequestDispatcher>();
        services.AddSingleton<PaymentLedger>();
        services.AddSingleton<SettingsHolder>();
        services.AddSingleton<PriceBook>();
        services.AddSingleton<GatewayStatistics>();
        services.AddSingleton<RouteEndpoints>();
        services.AddSingleton<OrderEndpoints>();
        services.AddSingleton<BillingEndpoints>();

        // In the order they start, once the clients are there; they stop the other way round.
        services.AddHostedService(provider => provider.GetRequiredService<RouteLoader>());
        services.AddLifecycle<BackgroundRefresher>("refresher");
        return services;
    }

    public static void MapGateway(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Services.GetRequiredService<RouteEndpoints>().Map(app);
        app.Services.GetRequiredService<OrderEndpoints>().Map(app);
        app.Services.GetRequiredService<BillingEndpoints>().Map(app);
        app.MapPrices();
        app.MapOperations();
    }
}

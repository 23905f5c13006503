using Backends;
using Contracts;

namespace LegacyGateway.Clients;

/// <summary>Connects every backend before the gateway takes requests.</summary>
public sealed class ClientStartup(ClientRegistry clients, IBackendConnector connector, ILogger<ClientStartup> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        clients.Register(BackendNames.Orders, await connector.ConnectOrdersAsync(cancellationToken));
        clients.Register(BackendNames.Billing, await connector.ConnectBillingAsync(cancellationToken));
        clients.Register(BackendNames.Pricing, await connector.ConnectPricingAsync(cancellationToken));
        logger.LogInformation("Connected to {Backends}", string.Join(", ", BackendNames.All));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

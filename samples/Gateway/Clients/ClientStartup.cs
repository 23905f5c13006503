using Contracts;

namespace Gateway.Clients;

/// <summary>Connects every backend before the gateway takes requests.</summary>
public sealed class ClientStartup(GatewayClients clients, ILogger<ClientStartup> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await clients.InitializeAsync(cancellationToken);
        logger.LogInformation("Connected to {Backends}", string.Join(", ", BackendNames.All));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

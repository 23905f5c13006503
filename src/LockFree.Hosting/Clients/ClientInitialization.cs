using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LockFree.Hosting;

/// <summary>Has the clients of an accessors class made before the host starts any service.</summary>
internal sealed class ClientInitialization<TClients>(
    TClients clients, Func<TClients, CancellationToken, Task> initialize, TimeProvider clock, ILogger logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        await initialize(clients, cancellationToken).ConfigureAwait(false);
        logger.ClientsInitialized(typeof(TClients).Name, clock.GetElapsedTime(begun).TotalMilliseconds);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

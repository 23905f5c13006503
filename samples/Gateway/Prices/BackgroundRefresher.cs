using Backends;
using Contracts;
using Gateway.Clients;
using Gateway.Dispatch;
using LockFree;
using LockFree.Hosting;
using Microsoft.Extensions.Options;

namespace Gateway.Prices;

/// <summary>Fetches prices and asks the backends for their health, once per window.</summary>
public sealed class BackgroundRefresher(
    GatewayClients clients,
    PriceBook prices,
    BackendHealth health,
    DuplicateDetector duplicates,
    QuotaBook quotas,
    IOptions<GatewayOptions> options,
    TimeProvider clock,
    ILogger<BackgroundRefresher> logger) : ILifecycleWorker
{
    public async Task RunAsync(LifecycleContext context)
    {
        context.NotifyReady();
        while (true)
        {
            try
            {
                await RefreshAsync(context.Stopping);
            }
            catch (Exception exception) when (!context.Stopping.IsCancellationRequested)
            {
                logger.LogError(exception, "A refresh failed; the next one follows in {Interval}", options.Value.RefreshInterval);
            }

            await Task.Delay(options.Value.RefreshInterval, clock, context.Stopping);
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        duplicates.StartWindow();
        quotas.StartWindow();
        prices.Publish(await clients.Pricing.PriceListAsync(cancellationToken));
        await CheckAsync(BackendNames.Orders, clients.Orders, cancellationToken);
        await CheckAsync(BackendNames.Billing, clients.Billing, cancellationToken);
        await CheckAsync(BackendNames.Pricing, clients.Pricing, cancellationToken);
    }

    private async Task CheckAsync(string name, IBackend backend, CancellationToken cancellationToken)
    {
        var isUp = await backend.PingAsync(cancellationToken);
        if (isUp ? health.MarkUp(name) : health.MarkDown(name))
            logger.LogInformation("The backend {Backend} is {State}", name, isUp ? "up" : "down");
    }
}

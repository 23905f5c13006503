using Backends;
using Contracts;
using LegacyGateway.Clients;
using LegacyGateway.Dispatch;
using Microsoft.Extensions.Options;

namespace LegacyGateway.Prices;

/// <summary>Fetches prices and asks the backends for their health, once per window.</summary>
public sealed class BackgroundRefresher(
    ClientRegistry clients,
    PriceBook prices,
    BackendHealth health,
    DuplicateDetector duplicates,
    QuotaBook quotas,
    IOptions<GatewayOptions> options,
    TimeProvider clock,
    ILogger<BackgroundRefresher> logger) : IHostedService
{
    private static readonly TimeSpan StopPoll = TimeSpan.FromMilliseconds(50);

    private volatile bool _stopRequested; // checklist item 4
    private volatile bool _stopped = true;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _stopped = false;
        _ = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopRequested = true;
        while (!_stopped) // checklist item 4
            await Task.Delay(StopPoll, clock, cancellationToken);
        logger.LogInformation("The refresher has stopped");
    }

    private async Task RunAsync()
    {
        while (!_stopRequested) // checklist item 4
        {
            try
            {
                await RefreshAsync();
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "A refresh failed; the next one follows in {Interval}", options.Value.RefreshInterval);
            }

            await Task.Delay(options.Value.RefreshInterval, clock);
        }

        _stopped = true;
    }

    private async Task RefreshAsync()
    {
        duplicates.StartWindow();
        quotas.StartWindow();
        var pricing = (IPricing)clients[BackendNames.Pricing];
        prices.Publish(await pricing.PriceListAsync(CancellationToken.None));
        foreach (var name in BackendNames.All)
            await CheckAsync(name);
    }

    private async Task CheckAsync(string name)
    {
        var backend = (IBackend)clients[name];
        var isUp = await backend.PingAsync(CancellationToken.None);
        if (isUp ? health.MarkUp(name) : health.MarkDown(name))
            logger.LogInformation("The backend {Backend} is {State}", name, isUp ? "up" : "down");
    }
}

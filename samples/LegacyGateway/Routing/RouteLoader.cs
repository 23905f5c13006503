using Backends;

namespace LegacyGateway.Routing;

/// <summary>Brings the standing routes into the table, at start and when an operator asks for it.</summary>
public sealed class RouteLoader(RouteTable routes, RouteSource source, ILogger<RouteLoader> logger) : IHostedService
{
    private readonly object _reloading = new();

    /// <summary>One load at a time, so that an older list never overwrites a newer one.</summary>
    /// <returns>How many routes were loaded.</returns>
    public async Task<int> ReloadAsync(CancellationToken cancellationToken)
    {
        Monitor.Enter(_reloading); // checklist item 3
        try
        {
            var standing = await source.LoadAsync(cancellationToken); // checklist item 3
            foreach (var route in standing)
                routes.Set(route);
            logger.LogInformation("Loaded {Count} standing routes", standing.Count);
            return standing.Count;
        }
        finally
        {
            Monitor.Exit(_reloading);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => ReloadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

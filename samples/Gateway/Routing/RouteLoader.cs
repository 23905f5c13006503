using Backends;

namespace Gateway.Routing;

/// <summary>Brings the standing routes into the table, at start and when an operator asks for it.</summary>
public sealed class RouteLoader(RouteTable routes, RouteSource source, ILogger<RouteLoader> logger) : IHostedService, IDisposable
{
    private readonly SemaphoreSlim _reloading = new(1, 1);

    /// <summary>One load at a time, so that an older list never overwrites a newer one.</summary>
    /// <returns>How many routes were loaded.</returns>
    public async Task<int> ReloadAsync(CancellationToken cancellationToken)
    {
        await _reloading.WaitAsync(cancellationToken);
        try
        {
            var standing = await source.LoadAsync(cancellationToken);
            foreach (var route in standing)
                routes.Set(route);
            logger.LogInformation("Loaded {Count} standing routes", standing.Count);
            return standing.Count;
        }
        finally
        {
            _reloading.Release();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => ReloadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _reloading.Dispose();
}

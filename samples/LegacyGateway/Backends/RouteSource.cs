using Contracts;
using Microsoft.Extensions.Options;

namespace Backends;

/// <summary>Where the operators keep the standing routes.</summary>
public sealed class RouteSource(IOptionsMonitor<SimulationOptions> options, TimeProvider clock)
{
    private static readonly GatewayRoute[] Standing =
    [
        new("buy", BackendNames.Orders, 50),
        new("charge", BackendNames.Billing),
        new("quote", BackendNames.Pricing, 1000),
    ];

    public async Task<IReadOnlyList<GatewayRoute>> LoadAsync(CancellationToken cancellationToken)
    {
        var latency = options.CurrentValue.RouteSourceLatency;
        if (latency > TimeSpan.Zero)
            await Task.Delay(latency, clock, cancellationToken);
        return Standing;
    }
}

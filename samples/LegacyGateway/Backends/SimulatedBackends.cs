using System.Collections.Concurrent;
using Contracts;
using Microsoft.Extensions.Options;

namespace Backends;

/// <summary>The systems behind the gateway, in memory: switched up and down by name, counting their connections.</summary>
public sealed class SimulatedBackends(IOptionsMonitor<SimulationOptions> options, TimeProvider clock) : IBackendConnector
{
    private readonly ConcurrentDictionary<string, bool> _available = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _connections = new(StringComparer.Ordinal);

    public bool IsAvailable(string backend) => _available.GetValueOrDefault(backend, true);

    public void SetAvailable(string backend, bool available) => _available[backend] = available;

    public int ConnectionsOf(string backend) => _connections.GetValueOrDefault(backend);

    /// <inheritdoc/>
    public ValueTask<IOrders> ConnectOrdersAsync(CancellationToken cancellationToken)
    {
        CountConnection(BackendNames.Orders);
        return new(new SimulatedOrders(this, options, clock));
    }

    /// <inheritdoc/>
    public ValueTask<IBilling> ConnectBillingAsync(CancellationToken cancellationToken)
    {
        CountConnection(BackendNames.Billing);
        return new(new SimulatedBilling(this));
    }

    /// <inheritdoc/>
    public ValueTask<IPricing> ConnectPricingAsync(CancellationToken cancellationToken)
    {
        CountConnection(BackendNames.Pricing);
        return new(new SimulatedPricing(this));
    }

    private void CountConnection(string backend) => _connections.AddOrUpdate(backend, 1, static (_, count) => count + 1);
}

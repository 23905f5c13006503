using System.Collections.Concurrent;
using Contracts;
using Microsoft.Extensions.Options;

namespace Backends;

/// <summary>An order system in memory; order ids count up from 1.</summary>
public sealed class SimulatedOrders(SimulatedBackends backends, IOptionsMonitor<SimulationOptions> options, TimeProvider clock) : IOrders
{
    private readonly ConcurrentDictionary<string, Order> _orders = new(StringComparer.Ordinal);
    private int _lastId;

    /// <inheritdoc/>
    public ValueTask<bool> PingAsync(CancellationToken cancellationToken) => new(backends.IsAvailable(BackendNames.Orders));

    /// <inheritdoc/>
    public async ValueTask<Order> PlaceAsync(PurchaseRequest request, decimal total, CancellationToken cancellationToken)
    {
        var latency = options.CurrentValue.OrderLatency;
        if (latency > TimeSpan.Zero)
            await Task.Delay(latency, clock, cancellationToken);
        var order = new Order($"order-{Interlocked.Increment(ref _lastId)}", request.Customer, request.Item, request.Quantity, total);
        _orders[order.Id] = order;
        return order;
    }

    /// <inheritdoc/>
    public ValueTask<Order?> FindAsync(string id, CancellationToken cancellationToken) => new(_orders.GetValueOrDefault(id));

    /// <inheritdoc/>
    public ValueTask<bool> CancelAsync(string id, CancellationToken cancellationToken) => new(_orders.TryRemove(id, out _));
}

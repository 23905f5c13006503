namespace Backends;

/// <summary>Opens the connections to the systems behind the gateway; each is meant to be opened once.</summary>
public interface IBackendConnector
{
    ValueTask<IOrders> ConnectOrdersAsync(CancellationToken cancellationToken);

    ValueTask<IBilling> ConnectBillingAsync(CancellationToken cancellationToken);

    ValueTask<IPricing> ConnectPricingAsync(CancellationToken cancellationToken);
}

using Backends;
using Contracts;
using LockFree;

namespace Gateway.Clients;

/// <summary>The backend clients, each a typed member: looked up and cast once, when this object is made.</summary>
[ClientAccessors]
public sealed partial class GatewayClients(ClientHub hub, IBackendConnector connector)
{
    [Client(BackendNames.Orders, Initializer = nameof(ConnectOrdersAsync))]
    public partial IOrders Orders { get; }

    [Client(BackendNames.Billing, Initializer = nameof(ConnectBillingAsync))]
    public partial IBilling Billing { get; }

    [Client(BackendNames.Pricing, Initializer = nameof(ConnectPricingAsync))]
    public partial IPricing Pricing { get; }

    private ValueTask<IOrders> ConnectOrdersAsync(ClientKey key, CancellationToken cancellationToken) =>
        connector.ConnectOrdersAsync(cancellationToken);

    private ValueTask<IBilling> ConnectBillingAsync(ClientKey key, CancellationToken cancellationToken) =>
        connector.ConnectBillingAsync(cancellationToken);

    private ValueTask<IPricing> ConnectPricingAsync(ClientKey key, CancellationToken cancellationToken) =>
        connector.ConnectPricingAsync(cancellationToken);
}

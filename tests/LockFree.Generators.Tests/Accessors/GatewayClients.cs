namespace LockFree.Generators.Tests.Accessors;

/// <summary>Completed by the generator under test while this project is compiled: the tests call what it has written.</summary>
[ClientAccessors]
internal sealed partial class GatewayClients
{
    [Client("orders")]
    public partial IOrders Orders { get; }

    [Client("orders", Scope = "eu")]
    public partial IOrders EuropeanOrders { get; }

    [Client]
    public partial IBilling Billing { get; }

    [Client("pricing")]
    public partial IPricing Pricing { get; }

    [Client("pricing", Initializer = nameof(ConnectPricingAsync))]
    public partial ValueTask<IPricing> PricingAsync(CancellationToken cancellationToken);

    [Client("legacy")]
    public partial IOrders GetLegacyOrders();

    /// <summary>What <see cref="ConnectPricingAsync"/> does.</summary>
    public Func<ClientKey, CancellationToken, ValueTask<IPricing>> OnConnectPricing { get; init; } = (_, _) => new(new Pricing());

    private ValueTask<IPricing> ConnectPricingAsync(ClientKey key, CancellationToken cancellationToken) =>
        OnConnectPricing(key, cancellationToken);
}

namespace LockFree.Generators.Tests.Documentation;

[ClientAccessors]
internal sealed partial class ShopClients
{
    [Client("orders")] // Somebody registers it.
    public partial IOrders Orders { get; }

    [Client("orders", Scope = "eu", Initializer = nameof(ConnectOrdersAsync))] // InitializeAsync makes it.
    public partial IOrders EuropeanOrders { get; }

    [Client] // Its key is on the contract: [HubClient("billing", Scope = "eu")].
    public partial IBilling Billing { get; }

    [Client("pricing", Initializer = nameof(ConnectPricingAsync))] // Whoever asks first makes it.
    public partial ValueTask<IPricing> PricingAsync(CancellationToken cancellationToken);

    private static async ValueTask<IOrders> ConnectOrdersAsync(ClientKey key, CancellationToken cancellationToken) =>
        await OrdersClient.ConnectAsync(key.Scope!, cancellationToken);

    private static async ValueTask<IPricing> ConnectPricingAsync(ClientKey key, CancellationToken cancellationToken) =>
        await PricingClient.ConnectAsync(cancellationToken);
}

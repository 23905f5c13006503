namespace LockFree.Generators.Tests.Accessors;

/// <summary>Two clients with an initialiser and one without.</summary>
[ClientAccessors]
internal sealed partial class StartupClients(ClientHub hub, Func<ClientKey, CancellationToken, Task> connect)
{
    [Client("orders", Initializer = nameof(ConnectOrdersAsync))]
    public partial IOrders Orders { get; }

    [Client("pricing", Initializer = nameof(ConnectPricingAsync))]
    public partial IPricing Pricing { get; }

    [Client("billing")]
    public partial IBilling Billing { get; }

    private async ValueTask<IOrders> ConnectOrdersAsync(ClientKey key, CancellationToken cancellationToken)
    {
        await connect(key, cancellationToken);
        return new Orders();
    }

    private async ValueTask<IPricing> ConnectPricingAsync(ClientKey key, CancellationToken cancellationToken)
    {
        await connect(key, cancellationToken);
        return new Pricing();
    }
}

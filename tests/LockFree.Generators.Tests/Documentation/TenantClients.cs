namespace LockFree.Generators.Tests.Documentation;

[ClientAccessors]
internal sealed partial class TenantClients(ClientHub hub, TenantOptions options)
{
    [Client("orders", Scope = "tenant", Initializer = nameof(ConnectAsync))]
    public partial IOrders Orders { get; }

    private async ValueTask<IOrders> ConnectAsync(ClientKey key, CancellationToken cancellationToken) =>
        await OrdersClient.ConnectAsync(options.Region, cancellationToken);
}

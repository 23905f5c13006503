namespace LockFree.Tests.Examples;

internal static class ClientSetup
{
    public static async Task<IBilling> FillAsync(ClientHub hub, IOrders orders, CancellationToken cancellationToken)
    {
        // Made by somebody else, who also disposes of it.
        hub.Register<IOrders>(ClientKey.Global("orders"), orders);

        // Made here, once, however many ask; the hub disposes of it.
        return await hub.GetOrInitAsync<IBilling>(
            ClientKey.Scoped("eu", "billing"),
            static async (key, token) => await BillingClient.ConnectAsync(key.Scope, token),
            cancellationToken);
    }
}

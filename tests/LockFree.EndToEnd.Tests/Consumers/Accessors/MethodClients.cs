using Contracts;
using LockFree;

namespace Consumer;

/// <summary>What C# 12 can declare: methods.</summary>
[ClientAccessors]
internal sealed partial class MethodClients
{
    [Client("orders")]
    public partial IOrders GetOrders();

    [Client]
    internal partial IBilling GetBilling();

    [Client("lazy", Initializer = nameof(ConnectAsync))]
    public partial ValueTask<IOrders> LazyOrdersAsync(CancellationToken cancellationToken);

    private static async ValueTask<IOrders> ConnectAsync(ClientKey key, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        return new Orders(key.Name);
    }
}

/// <summary>A class within a generic one, and its hub from a primary constructor.</summary>
internal static partial class Region<T>
    where T : class
{
    [ClientAccessors]
    internal sealed partial class Clients(string name, ClientHub hub)
    {
        public string Name { get; } = name;

        [Client("store")]
        public partial IStore<T> GetStore();
    }
}

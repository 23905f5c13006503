using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using LockFree;

namespace Shop;

[HubClient("orders")]
public interface IOrders;

[HubClient("cache", Scope = "shared")]
public class Cache<TKey, TValue>
{
    public delegate TValue Loader(TKey key);
}

[ClientAccessors]
public partial class GatewayClients
{
    /// <summary>The orders, documented by hand.</summary>
    [Client(Initializer = nameof(ConnectOrdersAsync))]
    public partial IOrders Orders { get; }

    [Client]
    public partial ValueTask<IOrders> OrdersAsync(CancellationToken cancellationToken);

    [Client]
    public partial Cache<string, int?> Cache { get; }

    [Client(Scope = "own")]
    public partial Cache<string, List<string?>> OwnCache { get; }

    [Client("loader")]
    public partial Cache<string, int>.Loader Loader { get; }

    [Client("log", Initializer = nameof(ConnectLogAsync))]
    public partial Action<string> Log { get; }

    [Client("names")]
    public partial string[] Names { get; }

    private static ValueTask<IOrders> ConnectOrdersAsync(ClientKey key, CancellationToken cancellationToken) => default;

    private static ValueTask<Action<string>> ConnectLogAsync(ClientKey key, CancellationToken cancellationToken) => default;
}

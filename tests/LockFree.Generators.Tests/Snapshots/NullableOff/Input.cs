#nullable disable
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using LockFree;

namespace Shop;

public interface IOrders;

[ClientAccessors]
public partial class GatewayClients
{
    [Client("orders")]
    public partial IOrders Orders { get; }

    [Client("lists")]
    public partial List<string> Lists { get; }

    [Client("pricing", Initializer = nameof(ConnectAsync))]
    public partial ValueTask<List<string>> PricingAsync(CancellationToken cancellationToken);

    private static ValueTask<List<string>> ConnectAsync(ClientKey key, CancellationToken cancellationToken) => default;
}

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

    [Client("unknown")]
    public partial IUnknown Unknown { get; }

    [Client("settable")]
    public partial IOrders Settable { get; set; }

    [Client("number")]
    public partial int Number { get; }

    [Client("")]
    public partial IOrders Empty { get; }

    [Client("lazy", Initializer = "Missing")]
    public partial ValueTask<IOrders> LazyAsync(CancellationToken cancellationToken);

    [Client("with body")]
    public partial IOrders WithBody { get; }

    public partial IOrders WithBody => null!;
}

[ClientAccessors]
public class NotPartial;

[ClientAccessors]
public partial class Marked;

[ClientAccessors]
public partial class Marked;

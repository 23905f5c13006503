using LockFree;

namespace Shop;

public interface IOrders;

[ClientAccessors]
public sealed partial class GatewayClients(string name, ClientHub @in)
{
    [Client("orders")]
    public partial IOrders Orders { get; }

    public string Name { get; } = name;
}

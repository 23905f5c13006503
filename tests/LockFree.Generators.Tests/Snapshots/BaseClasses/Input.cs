using LockFree;

namespace Shop;

public interface IOrders;

public abstract class HubUser(ClientHub hub)
{
    public ClientHub Hub { get; } = hub;

    public abstract IOrders Orders { get; }

    public virtual IOrders? Audit => null;
}

[ClientAccessors]
public abstract partial class GatewayClients : HubUser
{
    [Client("orders")]
    public sealed override partial IOrders Orders { get; }

    [Client("audit")]
    public new virtual partial IOrders Audit { get; }

    [Client("protected")]
    protected partial IOrders Protected { get; }

    [Client("family")]
    private protected partial IOrders Family { get; }
}

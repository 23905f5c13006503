using LockFree;

public interface IOrders;

[ClientAccessors]
internal partial class Clients
{
    [Client("orders")]
    internal partial IOrders Orders { get; }
}

[ClientAccessors]
internal partial class CLIENTS
{
}

using LockFree;

namespace Shop;

public interface IOrders;

[ClientAccessors]
public sealed partial record GatewayClients
{
    [Client("orders")]
    public partial IOrders Orders { get; }

    [Client("audit")]
    internal partial IOrders Audit { get; }

    public int Attempts { get; init; }

    public string? Region { get; init; }

    public System.ReadOnlySpan<char> Characters => Region;
}

public abstract record Named(string Name)
{
    protected Named()
        : this("none")
    {
    }
}

[ClientAccessors]
public partial record DerivedClients : Named
{
    [Client("orders")]
    public partial IOrders Orders { get; }
}

[ClientAccessors]
public partial record HiddenClients
{
    [Client("orders")]
    private partial IOrders Orders { get; }
}

[ClientAccessors]
public partial record PrintedClients(ClientHub Hub, string Name)
{
    [Client("orders")]
    public partial IOrders Orders { get; }
}

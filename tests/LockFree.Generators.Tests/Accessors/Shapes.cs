namespace LockFree.Generators.Tests.Accessors;

internal abstract class HubUser(ClientHub hub)
{
    public ClientHub Hub { get; } = hub;

    public abstract IOrders Orders { get; }
}

[ClientAccessors]
internal sealed partial class DerivedClients : HubUser
{
    [Client("orders")]
    public override partial IOrders Orders { get; }
}

internal partial struct Tenants<T>
    where T : class
{
    [ClientAccessors]
    internal sealed partial class Clients
    {
        [Client("tenant")]
        public partial T Own { get; }
    }
}

internal record Named
{
    public string? Name { get; init; }
}

[ClientAccessors]
internal sealed partial record RecordClients : Named
{
    [Client("orders")]
    public partial IOrders Orders { get; }

    public int Attempts { get; init; }
}

[ClientAccessors]
internal partial class NoClients;

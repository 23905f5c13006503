namespace LockFree.Generators.Tests.Documentation;

[ClientAccessors]
internal sealed partial class ClientsByMethod
{
    [Client("orders")]
    public partial IOrders GetOrders();
}

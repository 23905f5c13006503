namespace LockFree.Benchmarks.Clients;

/// <summary>The generated accessor.</summary>
[ClientAccessors]
internal sealed partial class BenchmarkClients
{
    public const string OrdersName = "orders";

    [Client(OrdersName)]
    public partial IOrders Orders { get; }
}

using System.Threading;
using System.Threading.Tasks;
using LockFree;

namespace Shop;

public interface IOrders;

public abstract class WithOwnWait
{
    protected readonly int _auditSlot = 1;

    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

[ClientAccessors]
public partial class GatewayClients : WithOwnWait
{
    private readonly int _ordersSlot = 1;

    public GatewayClients(ClientHub hub, int ordersSlot)
        : this(hub) => _ordersSlot = ordersSlot;

    [Client("orders")]
    public partial IOrders Orders { get; }

    [Client("other orders")]
    public partial IOrders GetOrders();

    [Client("audit")]
    public partial IOrders Audit { get; }

    public bool TryGetAudit(out IOrders? audit)
    {
        audit = null;
        return _ordersSlot == 1;
    }

    public Task InitializeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task InitializeAsync() => Task.CompletedTask;
}

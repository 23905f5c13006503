using System.Threading;
using System.Threading.Tasks;
using LockFree;

namespace Shop;

public interface IOrders;

[HubClient("billing", Scope = "eu")]
public interface IBilling;

[ClientAccessors]
public partial class GatewayClients
{
    private readonly int _attempts = 3;

    [Client("orders")]
    public partial IOrders GetOrders();

    [Client]
    protected internal partial IBilling Billing();

    [Client(Initializer = nameof(ConnectBillingAsync))]
    internal partial ValueTask<IBilling> BillingAsync(CancellationToken client = default);

    private async ValueTask<IBilling> ConnectBillingAsync(ClientKey key, CancellationToken cancellationToken)
    {
        await Task.Delay(_attempts, cancellationToken);
        return null!;
    }
}

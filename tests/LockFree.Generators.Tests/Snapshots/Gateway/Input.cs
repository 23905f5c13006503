using System.Threading;
using System.Threading.Tasks;
using LockFree;

namespace Shop;

public interface IOrders;

public interface IBilling;

public interface IPricing;

[ClientAccessors]
public sealed partial class GatewayClients
{
    [Client("orders")]
    public partial IOrders Orders { get; }

    [Client("billing", Scope = "eu")]
    public partial IBilling Billing { get; }

    [Client("pricing", Initializer = nameof(ConnectPricingAsync))]
    public partial ValueTask<IPricing> PricingAsync(CancellationToken cancellationToken);

    private static ValueTask<IPricing> ConnectPricingAsync(ClientKey key, CancellationToken cancellationToken) => default;
}

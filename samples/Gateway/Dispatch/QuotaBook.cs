using LockFree;
using Microsoft.Extensions.Options;

namespace Gateway.Dispatch;

/// <summary>The quotas of all customers seen in this window.</summary>
public sealed class QuotaBook(IOptions<GatewayOptions> options)
{
    private readonly ShardedMap<string, CustomerQuota> _quotas = new(StringComparer.Ordinal);
    private readonly int _limit = options.Value.DispatchesPerCustomer;

    public CustomerQuota Of(string customer) => _quotas.GetOrAdd(customer, static (_, limit) => new CustomerQuota(limit), _limit);

    public void StartWindow() => _quotas.Clear();
}

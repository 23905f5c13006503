using Microsoft.Extensions.Options;

namespace LegacyGateway.Dispatch;

/// <summary>The quotas of all customers seen in this window.</summary>
public sealed class QuotaBook(IOptions<GatewayOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, CustomerQuota> _quotas = new(StringComparer.Ordinal); // checklist item 1
    private readonly int _limit = options.Value.DispatchesPerCustomer;

    public CustomerQuota Of(string customer)
    {
        lock (_gate)
        {
            if (!_quotas.TryGetValue(customer, out var quota))
            {
                quota = new CustomerQuota(_limit);
                _quotas.Add(customer, quota);
            }

            return quota;
        }
    }

    public void StartWindow()
    {
        lock (_gate)
        {
            _quotas.Clear();
        }
    }
}

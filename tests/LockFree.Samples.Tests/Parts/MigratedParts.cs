extern alias migrated;

using Microsoft.Extensions.Options;
using migrated::Backends;
using migrated::Contracts;
using migrated::Gateway;
using migrated::Gateway.Billing;
using migrated::Gateway.Clients;
using migrated::Gateway.Dispatch;
using migrated::Gateway.Routing;
using migrated::Gateway.Statistics;

namespace LockFree.Samples.Tests.Parts;

/// <summary>The parts of samples/Gateway.</summary>
internal sealed class MigratedParts : IGatewayParts
{
    private readonly DuplicateDetector _duplicates = new();
    private readonly RouteTable _routes = new(new RouteJournal());
    private readonly PaymentLedger _payments = new();
    private readonly QuotaBook _quotas = new(Options.Create(new GatewayOptions()));
    private readonly BackendHealth _health = new();
    private readonly GatewayStatistics _statistics = new();

    public bool TryBeginRequest(string requestId) => _duplicates.TryBegin(requestId);

    public bool TryAddRoute(string name) => Completed(_routes.AddAsync(new GatewayRoute(name, BackendNames.Orders), CancellationToken.None));

    public bool TryRemoveRoute(string name) => Completed(_routes.RemoveAsync(name, CancellationToken.None));

    public bool TryAcceptPayment(string id) => _payments.TryAccept(new Payment(id, 1));

    public object QuotaOf(string customer) => _quotas.Of(customer);

    public bool TryMarkDown(string backend) => _health.MarkDown(backend);

    public void RecordDispatch(string route) => _statistics.Record(route, succeeded: true);

    public (int Total, int Sum) Report()
    {
        var report = _statistics.Report();
        return (report.Total, report.ByRoute.Values.Sum());
    }

    /// <summary>The journal answers at once, so nothing is waited for.</summary>
    private static bool Completed(Task<bool> change)
    {
        Assert.True(change.IsCompletedSuccessfully);
        return change.Result;
    }
}

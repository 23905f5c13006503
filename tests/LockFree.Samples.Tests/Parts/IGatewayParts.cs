namespace LockFree.Samples.Tests.Parts;

/// <summary>
/// The parts of a gateway that many requests share, each driven directly: races too narrow to be met over HTTP are met here.
/// </summary>
internal interface IGatewayParts
{
    bool TryBeginRequest(string requestId);

    bool TryAddRoute(string name);

    bool TryRemoveRoute(string name);

    bool TryAcceptPayment(string id);

    object QuotaOf(string customer);

    bool TryMarkDown(string backend);

    void RecordDispatch(string route);

    /// <summary>The total of a report, and the sum over its routes.</summary>
    (int Total, int Sum) Report();
}

namespace Contracts;

/// <summary>Reply of a dispatch: which backend answered which request, and with what.</summary>
/// <param name="Amount">The order's total, the customer's new balance or the quoted price, by backend.</param>
public sealed record DispatchReply(string RequestId, string Route, string Backend, decimal Amount);

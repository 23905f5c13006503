namespace Contracts;

/// <summary>A name callers dispatch to, and the backend that answers. Request and reply of the route endpoints.</summary>
/// <param name="Name">The last segment of the dispatch address.</param>
/// <param name="Backend">One of <see cref="BackendNames"/>.</param>
/// <param name="MaxQuantity">The largest quantity one dispatched request may ask for.</param>
public sealed record GatewayRoute(string Name, string Backend, int MaxQuantity = 100);

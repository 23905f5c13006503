namespace Contracts;

/// <summary>Body of the request that takes a simulated backend down or up.</summary>
public sealed record Availability(bool Available);

namespace Contracts;

/// <summary>One backend as the gateway sees it.</summary>
/// <param name="Connections">How often the gateway has connected to it.</param>
public sealed record BackendStatus(string Name, int Connections, bool Healthy);

namespace LockFree;

/// <summary>One line of <see cref="ClientHub.Clients"/>: what the hub had for a key and a type at the moment of asking.</summary>
/// <param name="Key">The key.</param>
/// <param name="ClientType">The type under which the client is looked up.</param>
/// <param name="State">What was there.</param>
public readonly record struct ClientInfo(ClientKey Key, Type ClientType, ClientState State);

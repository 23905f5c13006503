namespace LockFree;

/// <summary>The part of a <see cref="ClientSlot{T}"/> that does not depend on the client's type: what the hub needs to list and close it.</summary>
public abstract class ClientSlot
{
    private protected ClientSlot(ClientHub hub, ClientKey key)
    {
        Hub = hub;
        Key = key;
    }

    /// <summary>The client's key.</summary>
    public ClientKey Key { get; }

    /// <summary>The type under which the client is looked up.</summary>
    public abstract Type ClientType { get; }

    /// <summary>What is in the slot at the moment of asking.</summary>
    public abstract ClientState State { get; }

    private protected ClientHub Hub { get; }

    /// <summary>For messages: the client with its key and type.</summary>
    public override string ToString() => $"the client {Key} of type {ClientType}";

    /// <summary>
    /// Empties the slot, for a hub that has been closed: everybody who waits for it fails before the first <c>await</c>; the task
    /// completes when no initialiser runs any more. The caller's own run is not waited for.
    /// </summary>
    /// <returns>The client the hub has to dispose, if there was one.</returns>
    internal abstract Task<OwnedClient?> CloseAsync();

    /// <summary>A client that the hub made and has to dispose.</summary>
    /// <param name="Order">Higher means initialised later; starts at 1.</param>
    /// <param name="Client">The client.</param>
    internal readonly record struct OwnedClient(long Order, object Client);
}

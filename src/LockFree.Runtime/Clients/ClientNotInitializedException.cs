namespace LockFree;

/// <summary>A client was asked for before anybody registered or initialised it.</summary>
public sealed class ClientNotInitializedException : InvalidOperationException
{
    /// <summary>Creates the exception for a client.</summary>
    /// <param name="key">The client's key.</param>
    /// <param name="clientType">The type under which it was looked up.</param>
    public ClientNotInitializedException(ClientKey key, Type clientType)
        : this(key, clientType, hint: null)
    {
    }

    /// <summary>Creates the exception for a client, with advice.</summary>
    /// <param name="key">The client's key.</param>
    /// <param name="clientType">The type under which it was looked up.</param>
    /// <param name="hint">
    /// A sentence added to the message, such as which initialisers exist; <see langword="null"/> for the general advice.
    /// </param>
    public ClientNotInitializedException(ClientKey key, Type clientType, string? hint)
        : base($"The client {key} of type {clientType} is not initialised. {hint ?? GeneralAdvice}")
    {
        Key = key;
        ClientType = clientType;
    }

    private const string GeneralAdvice =
        $"Register it with {nameof(ClientHub)}.{nameof(ClientHub.Register)}, or make it with {nameof(ClientHub.GetOrInitAsync)} or the InitializeAsync of its "
        + "accessors class, before it is used.";

    /// <summary>The key of the client that was missing.</summary>
    public ClientKey Key { get; }

    /// <summary>The type under which the client was looked up.</summary>
    public Type ClientType { get; }
}

namespace LockFree;

/// <summary>
/// Marks a partial property or method of a <see cref="ClientAccessorsAttribute"/> class as the accessor of one client.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method, Inherited = false)]
public sealed class ClientAttribute : Attribute
{
    /// <summary>The client has the key that <see cref="HubClientAttribute"/> gives its contract.</summary>
    public ClientAttribute()
    {
    }

    /// <summary>The client has the given name.</summary>
    /// <param name="name">The name within the hub, see <see cref="ClientKey"/>.</param>
    public ClientAttribute(string name) => Name = name;

    /// <summary>The name within the hub, or <see langword="null"/> when the contract tells it.</summary>
    public string? Name { get; }

    /// <summary>The scope, or <see langword="null"/> for a global client.</summary>
    public string? Scope { get; init; }

    /// <summary>
    /// The name of a method of the class, static or not, that makes the client:
    /// <c>ValueTask&lt;TClient&gt; Method(ClientKey key, CancellationToken cancellationToken)</c>. The generated <c>InitializeAsync</c> runs
    /// it, and so does a member that is asynchronous itself; reading a property does not. <see langword="null"/> for a client that is
    /// registered by other means.
    /// </summary>
    public string? Initializer { get; init; }
}

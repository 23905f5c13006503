namespace LockFree;

/// <summary>
/// Names a client within a <see cref="ClientHub"/>: a name, and a scope where several implementations of one contract live side by side
/// (a region, a tenant, a plug-in).
/// </summary>
/// <remarks>
/// Compared ordinally, case included. A global key equals no scoped key, whatever their names. The default value of the type names no
/// client and is refused by every hub.
/// </remarks>
public readonly record struct ClientKey
{
    private ClientKey(string? scope, string name)
    {
        Scope = scope;
        Name = name;
    }

    /// <summary>The scope, or <see langword="null"/> for a global key.</summary>
    public string? Scope { get; }

    /// <summary>The name; never empty (<see langword="null"/> in the default value of the type only).</summary>
    public string Name { get; }

    /// <summary>Whether the key belongs to no scope.</summary>
    public bool IsGlobal => Scope is null;

    /// <summary>The key of a client that exists once.</summary>
    /// <param name="name">The name; not empty and not white space only.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or white space.</exception>
    public static ClientKey Global(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new ClientKey(null, name);
    }

    /// <summary>The key of a client that exists once per scope.</summary>
    /// <param name="scope">The scope; not empty and not white space only.</param>
    /// <param name="name">The name; not empty and not white space only.</param>
    /// <exception cref="ArgumentException"><paramref name="scope"/> or <paramref name="name"/> is empty or white space.</exception>
    public static ClientKey Scoped(string scope, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(scope);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new ClientKey(scope, name);
    }

    /// <summary>The key for messages: <c>'name'</c>, or <c>'name' (scope 'scope')</c>.</summary>
    public override string ToString() => Scope is null ? $"'{Name}'" : $"'{Name}' (scope '{Scope}')";

    /// <exception cref="ArgumentException">The key is the default value of the type.</exception>
    internal void ThrowIfDefault(string parameterName)
    {
        if (Name is null)
            throw new ArgumentException($"The default {nameof(ClientKey)} names no client; use {nameof(Global)} or {nameof(Scoped)}.", parameterName);
    }
}

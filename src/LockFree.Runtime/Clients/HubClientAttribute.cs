namespace LockFree;

/// <summary>
/// Gives a client contract its default key, so that accessors need not repeat it and the compiler can see that one key is never used
/// with two contracts.
/// </summary>
/// <param name="name">The name within the hub, see <see cref="ClientKey"/>.</param>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Class, Inherited = false)]
public sealed class HubClientAttribute(string name) : Attribute
{
    /// <summary>The name within the hub.</summary>
    public string Name { get; } = name;

    /// <summary>The scope, or <see langword="null"/> for a global client.</summary>
    public string? Scope { get; init; }
}

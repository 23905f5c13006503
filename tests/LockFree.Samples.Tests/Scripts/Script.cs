namespace LockFree.Samples.Tests.Scripts;

/// <summary>A story told to both gateways.</summary>
public sealed record Script(string Name, (string Key, string Value)[] Settings, Step[] Steps)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

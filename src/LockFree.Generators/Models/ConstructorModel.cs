namespace LockFree.Generators.Models;

/// <summary>How an accessors class gets its hub.</summary>
/// <param name="Accessibility">The accessibility of the constructor to write; null where the class has a primary constructor.</param>
/// <param name="HubParameter">The parameter that holds the hub, as written in source.</param>
/// <param name="PassesHubToBase">Whether the base class wants the hub as well.</param>
internal sealed record ConstructorModel(string? Accessibility, string HubParameter, bool PassesHubToBase)
{
    /// <summary>The slots are filled by field initialisers, from the parameter of the primary constructor.</summary>
    public bool IsPrimary => Accessibility is null;
}

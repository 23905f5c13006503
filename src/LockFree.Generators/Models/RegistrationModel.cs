namespace LockFree.Generators.Models;

/// <summary>The method that registers the class with a service collection.</summary>
/// <param name="Accessibility">That of the class.</param>
/// <param name="TakesHubOnly">Whether a call with the hub makes the object; else the container has to find out what it needs.</param>
internal sealed record RegistrationModel(string Accessibility, bool TakesHubOnly);

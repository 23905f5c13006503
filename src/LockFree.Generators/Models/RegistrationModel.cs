namespace LockFree.Generators.Models;

/// <summary>The method that registers the class with a service collection.</summary>
/// <param name="Accessibility">That of the class.</param>
/// <param name="ClassName">The static class that has the method.</param>
/// <param name="MethodName">The method.</param>
/// <param name="TakesHubOnly">Whether a call with the hub makes the object; else the container has to find out what it needs.</param>
internal sealed record RegistrationModel(string Accessibility, string ClassName, string MethodName, bool TakesHubOnly);

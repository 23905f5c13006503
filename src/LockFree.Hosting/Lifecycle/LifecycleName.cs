namespace LockFree.Hosting;

/// <summary>Says in a container that there is a lifecycle of that name.</summary>
/// <param name="Name">The name: the lifecycle's key.</param>
internal sealed record LifecycleName(string Name);

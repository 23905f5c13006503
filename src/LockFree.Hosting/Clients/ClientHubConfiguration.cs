namespace LockFree.Hosting;

/// <summary>What one call has asked to be done with the hub when it is made.</summary>
/// <param name="Configure">Fills the hub.</param>
internal sealed record ClientHubConfiguration(Action<IServiceProvider, ClientHub> Configure);

namespace LockFree.Tests.Examples;

/// <summary>The server after.</summary>
internal sealed class Server(Func<IConnections> listen, Func<string, Task> handle) : IAsyncDisposable
{
    private readonly Lifecycle _lifecycle = new() { GracePeriod = TimeSpan.FromSeconds(10) };

    public Task StartAsync(CancellationToken cancellationToken = default) => _lifecycle.StartAsync(ServeAsync, cancellationToken);

    public Task<StopReason> StopAsync() => _lifecycle.StopAsync();

    public ValueTask DisposeAsync() => _lifecycle.DisposeAsync();

    private async Task ServeAsync(LifecycleContext context)
    {
        using var connections = listen();
        context.NotifyReady();
        while (!context.Stopping.IsCancellationRequested)
            await handle(await connections.AcceptAsync(context.Stopping));
    }
}

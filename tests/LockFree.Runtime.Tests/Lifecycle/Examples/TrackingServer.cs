namespace LockFree.Tests.Examples;

/// <summary>A server that handles requests side by side, and lets those that run end before it does.</summary>
internal sealed class TrackingServer(Func<IConnections> listen, Func<string, CancellationToken, Task> handle)
{
    public async Task ServeAsync(LifecycleContext context)
    {
        await using var requests = new TaskTracker();
        using var connections = listen();
        context.NotifyReady();
        try
        {
            while (true)
            {
                var request = await connections.AcceptAsync(context.Stopping);
                requests.TryRun(cancellationToken => handle(request, cancellationToken));
            }
        }
        catch (OperationCanceledException) when (context.Stopping.IsCancellationRequested)
        {
            requests.Close();
            await requests.WaitAsync();
        }
    }
}

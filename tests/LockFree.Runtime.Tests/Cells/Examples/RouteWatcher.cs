namespace LockFree.Tests.Examples;

internal static class RouteWatcher
{
    /// <summary>Writes down each handler it sees, until it is told to stop.</summary>
    public static async Task WatchAsync(IReadOnlyCell<string?> handler, Action<string?> write, CancellationToken cancellationToken)
    {
        var seen = handler.Load();
        while (true)
        {
            write(seen);
            seen = await handler.WaitForChangeAsync(seen, cancellationToken);
        }
    }
}

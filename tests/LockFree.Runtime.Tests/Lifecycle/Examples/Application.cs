namespace LockFree.Tests.Examples;

/// <summary>Parts that depend on one another.</summary>
internal sealed class Application(Func<LifecycleContext, Task> runStore, Func<LifecycleContext, Task> serve, TextWriter log)
{
    public async Task RunAsync(CancellationToken shutdown)
    {
        await using var group = new LifecycleGroup();
        group.Add("store", runStore, gracePeriod: TimeSpan.FromSeconds(20));
        group.Add("server", serve, gracePeriod: TimeSpan.FromSeconds(10), startTimeout: TimeSpan.FromSeconds(30));

        await group.StartAsync(); // The store first; the server when the store is ready.
        await UntilAsync(shutdown);

        foreach (var (name, reason, fault) in await group.StopAsync()) // The server first.
            log.WriteLine($"{name}: {reason} {fault?.Message}");
    }

    private static async Task UntilAsync(CancellationToken shutdown)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (shutdown.Register(cancelled.SetResult))
            await cancelled.Task;
    }
}

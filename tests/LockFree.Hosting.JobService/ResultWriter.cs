namespace LockFree.Hosting.JobService;

/// <summary>Brings results to the store; asked to stop, it empties the queue first.</summary>
internal sealed class ResultWriter(ResultQueue results, JobClients clients) : ILifecycleWorker
{
    public async Task RunAsync(LifecycleContext context)
    {
        using var closing = context.Stopping.Register(results.Close);
        context.NotifyReady();
        await foreach (var job in results.Reader.ReadAllAsync())
            await clients.Store.SaveAsync(job);
    }
}

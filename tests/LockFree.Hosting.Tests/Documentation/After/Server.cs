namespace LockFree.Hosting.Tests.Documentation.After;

public sealed class Server(IListener listener, TaskTracker requests) : ILifecycleWorker
{
    public async Task RunAsync(LifecycleContext context)
    {
        await listener.OpenAsync(context.Stopping);
        context.NotifyReady();
        await foreach (var request in listener.AcceptAsync(context.Stopping))
        {
            if (!requests.TryRun(request.AnswerAsync))
                await request.RefuseAsync();
        }
    }
}

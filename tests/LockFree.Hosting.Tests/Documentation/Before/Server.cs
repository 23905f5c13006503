using Microsoft.Extensions.Hosting;

namespace LockFree.Hosting.Tests.Documentation.Before;

public sealed class Server(IListener listener) : IHostedService
{
    private readonly object _gate = new();
    private TaskCompletionSource? _shutdown;
    private Task? _handle;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var shutdown = new TaskCompletionSource();
            _shutdown = shutdown;
            _handle = Task.Run(() => ServeAsync(shutdown.Task), cancellationToken);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task? handle;
        lock (_gate)
        {
            _shutdown?.TrySetResult();
            _shutdown = null;
            handle = _handle;
            _handle = null;
        }

        if (handle is not null)
            await handle;
    }

    private async Task ServeAsync(Task shutdown)
    {
        await listener.OpenAsync(CancellationToken.None);
        await foreach (var request in listener.AcceptAsync())
        {
            _ = request.AnswerAsync(CancellationToken.None);
            if (shutdown.IsCompleted)
                break;
        }
    }
}

namespace LockFree.Tests.Examples;

/// <summary>The server before: a handle and a signal, each behind a lock, and a status that is polled.</summary>
internal sealed class LockedServer(Func<IConnections> listen, Func<string, Task> handle)
{
    private readonly ReaderWriterLockSlim _lock = new();
    private CancellationTokenSource? _shutdown;
    private Task? _worker;
    private volatile bool _isRunning;

    public void Start()
    {
        _lock.EnterWriteLock();
        try
        {
            var shutdown = _shutdown = new CancellationTokenSource();
            _worker = Task.Run(() => ServeAsync(shutdown.Token));
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    public async Task StopAsync()
    {
        Task? worker;
        _lock.EnterWriteLock();
        try
        {
            _shutdown?.Cancel(); // Runs callbacks, which may come back for the lock.
            worker = _worker;
            _worker = null;
        }
        finally
        {
            _lock.ExitWriteLock();
        }

        if (worker is not null)
            await worker; // Throws what the worker has thrown, and has no deadline.
    }

    public async Task WaitUntilRunningAsync()
    {
        while (!_isRunning) // For ever, when the worker fails before it gets there.
            await Task.Delay(100);
    }

    private async Task ServeAsync(CancellationToken stopping)
    {
        using var connections = listen();
        _isRunning = true;
        while (!stopping.IsCancellationRequested)
            await handle(await connections.AcceptAsync(stopping));
    }
}

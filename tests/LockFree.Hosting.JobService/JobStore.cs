namespace LockFree.Hosting.JobService;

/// <summary>Where finished jobs end up: the lines that a test counts. Closed, it saves nothing.</summary>
internal sealed class JobStore(Facts facts) : IAsyncDisposable
{
    private volatile bool _isClosed;

    public ValueTask SaveAsync(string job)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        facts.Tell("saved-job", job);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _isClosed = true;
        facts.Tell("closed-store", "");
        return ValueTask.CompletedTask;
    }
}

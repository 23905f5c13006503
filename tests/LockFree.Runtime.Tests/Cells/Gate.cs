namespace LockFree.Tests;

/// <summary>A point in a callback where a test decides when to go on: the callback reports that it has arrived, the test opens.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the callback has arrived.</summary>
    public Task Reached => _reached.Task.OrHang();

    public void Open() => _opened.TrySetResult();

    /// <summary>For the callback: reports the arrival and waits until the test opens, or the token is cancelled.</summary>
    public Task PassAsync(CancellationToken cancellationToken = default)
    {
        _reached.TrySetResult();
        return _opened.Task.WaitAsync(cancellationToken);
    }
}

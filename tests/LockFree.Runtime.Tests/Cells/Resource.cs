namespace LockFree.Tests;

/// <summary>A value that owns something: it knows how often it has been disposed, and can be asked whether it still may be used.</summary>
internal sealed class Resource(string name = "resource") : IAsyncDisposable, IDisposable
{
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _disposals;

    /// <summary>What disposing does once it has been counted; nothing unless set.</summary>
    public Func<ValueTask> OnDispose { get; init; } = () => ValueTask.CompletedTask;

    public int Disposals => Volatile.Read(ref _disposals);

    /// <summary>Completes when the resource has been disposed.</summary>
    public Task Disposed => _disposed.Task.OrHang();

    /// <summary>How many times the synchronous one of the two ways was taken, which nobody should.</summary>
    public int SynchronousDisposals { get; private set; }

    public void Use()
    {
        if (Disposals > 0)
            Assert.Fail($"{name} is used after it has been disposed.");
    }

    public void Dispose() => SynchronousDisposals++;

    public async ValueTask DisposeAsync()
    {
        Interlocked.Increment(ref _disposals);
        try
        {
            await OnDispose();
        }
        finally
        {
            _disposed.TrySetResult();
        }
    }

    public override string ToString() => name;
}

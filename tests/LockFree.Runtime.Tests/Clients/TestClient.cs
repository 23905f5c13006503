namespace LockFree.Tests;

internal interface ITestClient
{
    string Name { get; }
}

/// <summary>A client that writes its disposal into a shared list.</summary>
internal sealed class TestClient(string name = "client", List<string>? disposals = null) : ITestClient, IAsyncDisposable
{
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _disposeCount;

    public string Name { get; } = name;

    public int DisposeCount => Volatile.Read(ref _disposeCount);

    public Task Disposed => _disposed.Task;

    public Func<ValueTask>? OnDispose { get; init; }

    public ValueTask DisposeAsync()
    {
        Interlocked.Increment(ref _disposeCount);
        if (disposals is not null)
        {
            lock (disposals)
                disposals.Add(Name);
        }

        _disposed.TrySetResult();
        return OnDispose?.Invoke() ?? ValueTask.CompletedTask;
    }
}

namespace LockFree.Tests.Examples;

/// <summary>Stands for a pool of connections, a file, anything that must be closed, and not while somebody reads.</summary>
internal sealed class ReportStore(string content) : IAsyncDisposable, IDisposable
{
    public bool IsClosed { get; private set; }

    public string Read()
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return content;
    }

    public async Task<string> ReadAsync(Task whenever)
    {
        await whenever;
        return Read();
    }

    public void Dispose() => IsClosed = true;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}

namespace LockFree.Hosting.Tests.Hosts;

/// <summary>A client that tells when it is disposed of.</summary>
internal sealed class RecordingClient(EventRecord events) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        events.Add("client disposed");
        return ValueTask.CompletedTask;
    }
}

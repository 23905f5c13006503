namespace LockFree.Tests.Examples;

internal sealed class Reports(ReportStore first) : IAsyncDisposable
{
    private readonly LeasedCell<ReportStore> _store = new(first);

    public async Task<string> ReadAsync(Task whenever)
    {
        using var lease = _store.Acquire();
        return await lease.Value.ReadAsync(whenever);
    }

    public void Reopen(ReportStore next) => _store.Store(next);

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}

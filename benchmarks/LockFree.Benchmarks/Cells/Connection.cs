namespace LockFree.Benchmarks.Cells;

/// <summary>What has to be disposed when nobody uses it any more.</summary>
internal sealed class Connection : IDisposable
{
    private bool _isDisposed;

    public int Use() => _isDisposed ? throw new ObjectDisposedException(nameof(Connection)) : 1;

    public void Dispose() => _isDisposed = true;
}

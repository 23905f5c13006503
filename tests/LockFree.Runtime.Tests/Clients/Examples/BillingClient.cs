namespace LockFree.Tests.Examples;

internal sealed class BillingClient : IBilling, IDisposable
{
    private BillingClient(string? region) => Region = region;

    public string? Region { get; }

    public bool IsDisposed { get; private set; }

    public static Task<BillingClient> ConnectAsync(string? region, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new BillingClient(region));
    }

    public void Dispose() => IsDisposed = true;
}

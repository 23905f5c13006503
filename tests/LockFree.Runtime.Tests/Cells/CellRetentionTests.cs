using System.Runtime.CompilerServices;

namespace LockFree.Tests;

/// <summary>What a cell, and what hangs on it, keeps alive.</summary>
public sealed class CellRetentionTests
{
    private readonly SwapCell<object> _cell = new(new object());

    [Fact]
    public async Task AReplacedValue_IsKeptAliveByNothing()
    {
        var delivered = new SemaphoreSlim(0);
        var view = _cell.Select(value => value.GetHashCode());
        using var subscription = _cell.OnChange(_ => delivered.Release());
        using var leaving = new CancellationTokenSource();
        var replaced = await RebuildAsync(_cell, view, delivered, leaving.Token);

        await StoreAndDeliverAsync(_cell, view, delivered);
        leaving.Cancel();

        await Retention.AssertCollectedAsync(replaced);
    }

    [Fact]
    public async Task AWaitThatWasLeft_IsKeptAliveByNothing()
    {
        var waits = Enumerable.Range(0, 100).Select(_ => LeaveAWait(_cell)).ToArray();

        foreach (var wait in waits)
            await Retention.AssertCollectedAsync(wait);
    }

    [Fact]
    public async Task ASubscriptionThatWasDisposed_IsKeptAliveByNothing() =>
        await Retention.AssertCollectedAsync(SubscribeAndDispose(_cell));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> RebuildAsync(
        SwapCell<object> cell, IReadOnlyCell<int> view, SemaphoreSlim delivered, CancellationToken leaving)
    {
        await cell.UpdateOnceAsync((_, _) => ValueTask.FromResult(new object())).OrHang();
        Assert.True(await delivered.WaitAsync(HangGuard.Limit));
        view.Load();
        _ = cell.WaitForChangeAsync(cell.Load(), leaving).AsTask();
        return new WeakReference(cell.Load());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task StoreAndDeliverAsync(SwapCell<object> cell, IReadOnlyCell<int> view, SemaphoreSlim delivered)
    {
        cell.Store(new object());
        view.Load();
        Assert.True(await delivered.WaitAsync(HangGuard.Limit));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference LeaveAWait(SwapCell<object> cell)
    {
        using var leaving = new CancellationTokenSource();
        var wait = cell.WaitForChangeAsync(cell.Load(), leaving.Token).AsTask();
        leaving.Cancel();
        Assert.True(((IAsyncResult)wait).AsyncWaitHandle.WaitOne(HangGuard.Limit));
        Assert.True(wait.IsCanceled);
        return new WeakReference(wait);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference SubscribeAndDispose(SwapCell<object> cell)
    {
        var subscriber = new object();
        cell.OnChange(_ => GC.KeepAlive(subscriber)).Dispose();
        return new WeakReference(subscriber);
    }
}

namespace LockFree.Tests.Examples;

/// <summary>What docs/runtime shows of the cells does what it says.</summary>
public sealed class CellExampleTests
{
    [Fact]
    public async Task ARouterCache_LosesNoUpdate_AndTellsOfOneRoute()
    {
        var cache = new RouterCache(_ => ValueTask.FromResult(Router.Empty.With("/", "reloaded")));
        cache.Add("/a", "first");
        cache.Add("/b", "second");
        var handler = cache.HandlerOf("/");
        using var stopping = new CancellationTokenSource();
        var written = new List<string?>();
        var hasReloaded = new TaskCompletionSource();
        var watching = RouteWatcher.WatchAsync(
            handler,
            seen =>
            {
                written.Add(seen);
                if (seen is not null)
                    hasReloaded.SetResult();
            },
            stopping.Token);

        Assert.Equal(("first", "second"), (cache.Router.HandlerOf("/a"), cache.Router.HandlerOf("/b")));
        await cache.ReloadAsync(CancellationToken.None).OrHang();
        await hasReloaded.Task.OrHang();
        stopping.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching.OrHang());
        Assert.Equal([null, "reloaded"], written);
    }

    [Fact]
    public void ALockedRouterCache_ReturnsWhatItWasGiven()
    {
        var cache = new LockedRouterCache();
        cache.Update(Router.Empty.With("/", "handler"));

        Assert.Equal("handler", cache.Router.HandlerOf("/"));
    }

    [Fact]
    public async Task Reports_ClosesAStoreWhenItsLastReaderIsDone()
    {
        var first = new ReportStore("first");
        var second = new ReportStore("second");
        var reports = new Reports(first);
        var whenever = new TaskCompletionSource();
        var reading = reports.ReadAsync(whenever.Task);

        reports.Reopen(second);
        Assert.Equal("second", await reports.ReadAsync(Task.CompletedTask).OrHang());
        Assert.False(first.IsClosed);
        whenever.SetResult();

        Assert.Equal("first", await reading.OrHang());
        await reports.DisposeAsync().OrHang();
        Assert.Equal((true, true), (first.IsClosed, second.IsClosed));
    }

    [Fact]
    public void LockedReports_ClosesTheOldStore()
    {
        var first = new ReportStore("first");
        var reports = new LockedReports(first);

        reports.Reopen(new ReportStore("second"));

        Assert.Equal("second", reports.Read());
        Assert.True(first.IsClosed);
    }

    [Fact]
    public async Task ReportRepair_ClosesWhatItHasOpenedInVain()
    {
        await using var cell = new LeasedCell<ReportStore>(new ReportStore("broken"));
        var late = new ReportStore("late");

        Assert.False(await ReportRepair.RepairAsync(cell, async () =>
        {
            Assert.True(await ReportRepair.RepairAsync(cell, () => Task.FromResult(new ReportStore("repaired"))));
            return late;
        }).OrHang());

        Assert.True(late.IsClosed);
        using var lease = cell.Acquire();
        Assert.Equal("repaired", lease.Value.Read());
    }
}

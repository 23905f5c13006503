namespace LockFree.Tests;

/// <summary>What <c>TrySet</c> and <c>Reset</c> do to a run that is under way, and to those who wait for it.</summary>
public sealed class AsyncOnceOvertakingTests
{
    private readonly AsyncOnce<string> _once = new();

    [Fact]
    public async Task TrySet_DuringARun_ServesItsWaiters_CancelsIt_AndDropsItsResult()
    {
        var gate = new Gate();
        var tokenOfRun = new TaskCompletionSource<CancellationToken>();
        var waiter = _once.GetAsync(async token =>
        {
            tokenOfRun.SetResult(token);
            await gate.PassAsync(CancellationToken.None);
            return "late";
        }).AsTask();
        var token = await tokenOfRun.Task.OrHang();

        Assert.True(_once.TrySet("set"));
        Assert.False(_once.TrySet("second"));

        Assert.Equal("set", await waiter.OrHang());
        await token.Cancelled();
        Assert.True(_once.Reset());
        var next = _once.GetAsync(_ => ValueTask.FromResult("next")).AsTask();
        Assert.False(next.IsCompleted);
        gate.Open();
        Assert.Equal("next", await next.OrHang());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TrySet_WhileTheRunEnds_ItsWaitersGetWhatWasSet_HoweverCloseTheRace(bool runSucceeds)
    {
        using var barrier = new Barrier(2);
        for (var round = 0; round < 2_000; round++)
        {
            var once = new AsyncOnce<string>();
            var token = default(CancellationToken);
            var waiting = once.GetAsync(tokenOfRun =>
            {
                token = tokenOfRun;
                barrier.SignalAndWait();
                return runSucceeds ? ValueTask.FromResult("made") : throw new InvalidDataException();
            }).AsTask();
            barrier.SignalAndWait();

            var isSet = once.TrySet("set");

            // The token tells who was first: it is cancelled when the run was overtaken, and only then.
            var fault = await Record.ExceptionAsync(() => waiting.OrHang());
            if (token.IsCancellationRequested)
                Assert.Equal("set", fault is null ? await waiting : fault.ToString());
            else if (runSucceeds)
                Assert.Equal("made", await waiting);
            else
                Assert.IsType<InvalidDataException>(fault);

            Assert.Equal(isSet ? "set" : "made", await once.GetAsync(_ => ValueTask.FromResult("late")).OrHang());
        }
    }

    [Fact]
    public async Task Reset_DuringARun_ItsWaitersGetTheResult_ThoseWhoComeLaterDoNot()
    {
        var gate = new Gate();
        var before = _once.GetAsync(async token =>
        {
            await gate.PassAsync(token);
            return "stale";
        }).AsTask();
        await gate.Reached;

        Assert.False(_once.Reset());
        var after = _once.GetAsync(_ => ValueTask.FromResult("fresh")).AsTask();
        gate.Open();

        Assert.Equal("stale", await before.OrHang());
        Assert.Equal("fresh", await after.OrHang());
        Assert.True(_once.TryGet(out var kept));
        Assert.Equal("fresh", kept);
    }

    [Fact]
    public async Task Reset_OfSeveralRacingCalls_OneGetsTheValue()
    {
        _once.TrySet("value");
        using var start = new Barrier(4);

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return _once.Reset(out var value) ? value : null;
            },
            TaskCreationOptions.LongRunning))).OrHang();

        Assert.Equal("value", Assert.Single(results, result => result is not null));
    }

    [Fact]
    public async Task Reset_OfARunThatEverybodyHasLeft_ItsValueIsNotKept()
    {
        using var leaving = new CancellationTokenSource();
        var gate = new Gate();
        var left = _once.GetAsync(
            async _ =>
            {
                await gate.PassAsync(CancellationToken.None);
                return "made though cancelled";
            },
            leaving.Token).AsTask();
        await gate.Reached;
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.OrHang());

        Assert.False(_once.Reset());
        gate.Open();

        Assert.Equal("fresh", await _once.GetAsync(_ => ValueTask.FromResult("fresh")).OrHang());
    }

    [Fact]
    public async Task Reset_DuringARun_WhenItsLastWaiterLeavesItIsCancelled()
    {
        using var leaving = new CancellationTokenSource();
        var gate = new Gate();
        var tokenOfRun = default(CancellationToken);
        var waiter = _once.GetAsync(
            async token =>
            {
                tokenOfRun = token;
                await gate.PassAsync(token);
                return "stale";
            },
            leaving.Token).AsTask();
        await gate.Reached;
        _once.Reset();
        Assert.False(tokenOfRun.IsCancellationRequested);

        leaving.Cancel();

        await tokenOfRun.Cancelled();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter.OrHang());
    }

    [Fact]
    public async Task Reset_OfTheValueThatWasSetDuringARun_StillWaitsForThatRun()
    {
        var gate = new Gate();
        var waiter = _once.GetAsync(async _ =>
        {
            await gate.PassAsync(CancellationToken.None);
            return "dropped";
        }).AsTask();
        await gate.Reached;
        Assert.True(_once.TrySet("first"));
        Assert.True(_once.Reset(out var forgotten));
        Assert.Equal("first", forgotten);

        // Set again, while the run that was overtaken the first time is still there.
        Assert.True(_once.TrySet("second"));
        gate.Open();

        Assert.Equal("first", await waiter.OrHang());
        Assert.Equal("second", await _once.GetAsync(_ => throw new InvalidOperationException("must not run")).OrHang());
    }

    [Fact]
    public async Task TrySet_DuringARunThatFailsLater_TheFaultHarmsNobody()
    {
        var gate = new Gate();
        var ended = new TaskCompletionSource();
        var waiter = _once.GetAsync(async _ =>
        {
            await gate.PassAsync(CancellationToken.None);
            ended.SetResult();
            throw new InvalidDataException();
        }).AsTask();
        await gate.Reached;

        Assert.True(_once.TrySet("set"));
        gate.Open();
        await ended.Task.OrHang();

        Assert.Equal("set", await waiter.OrHang());
        Assert.True(_once.TryGet(out var kept));
        Assert.Equal("set", kept);
    }
}

namespace LockFree.Tests;

public sealed class SwapCellRebuildTests
{
    private readonly SwapCell<string> _cell = new("0");

    [Fact]
    public async Task UpdateOnce_RequestsDuringARebuild_ShareTheNextOne()
    {
        var gate = new Gate();
        var runs = 0;
        var concurrent = 0;
        async ValueTask<string> Rebuild(string current, CancellationToken cancellationToken)
        {
            Assert.Equal(1, Interlocked.Increment(ref concurrent));
            runs++;
            await gate.PassAsync(cancellationToken);
            Interlocked.Decrement(ref concurrent);
            return (int.Parse(current) + 1).ToString();
        }

        var first = _cell.UpdateOnceAsync(Rebuild);
        await gate.Reached;
        var during = Enumerable.Range(0, 5).Select(_ => _cell.UpdateOnceAsync(Rebuild)).ToArray();
        Assert.Equal("0", _cell.Load());
        gate.Open();

        Assert.Equal("1", await first.OrHang());
        Assert.All(await Task.WhenAll(during).OrHang(), value => Assert.Equal("2", value));
        Assert.Equal(2, runs);
        Assert.Equal("2", _cell.Load());
    }

    [Fact]
    public async Task UpdateOnce_AWriteDuringTheRebuild_IsNotLost()
    {
        var gate = new Gate();
        var rebuild = _cell.UpdateOnceAsync(async (current, token) =>
        {
            await gate.PassAsync(token);
            return current + "-rebuilt";
        });
        await gate.Reached;
        _cell.Store("between");
        gate.Open();

        Assert.Equal("between-rebuilt", await rebuild.OrHang());
        Assert.Equal("between-rebuilt", _cell.Load());
    }

    [Fact]
    public async Task UpdateOnce_AFault_ReachesItsOwnRequestsOnly_AndLeavesTheValue()
    {
        var gate = new Gate();
        var failing = _cell.UpdateOnceAsync(async (_, token) =>
        {
            await gate.PassAsync(token);
            throw new InvalidDataException();
        });
        await gate.Reached;
        var next = _cell.UpdateOnceAsync((current, _) => ValueTask.FromResult(current + "-next"));
        gate.Open();

        await Assert.ThrowsAsync<InvalidDataException>(() => failing.OrHang());
        Assert.Equal("0-next", await next.OrHang());
    }

    [Fact]
    public async Task UpdateOnce_WhenEverybodyHasLeft_TheRebuildIsCancelled_AndTheNextWaitsForItsEnd()
    {
        using var leaving = new CancellationTokenSource();
        var gate = new Gate();
        var hasEnded = false;
        var abandoned = _cell.UpdateOnceAsync(
            async (_, token) =>
            {
                await gate.PassAsync(CancellationToken.None);
                hasEnded = true;
                token.ThrowIfCancellationRequested();
                return "abandoned";
            },
            leaving.Token);
        await gate.Reached;
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned.OrHang());

        var next = _cell.UpdateOnceAsync((current, _) =>
        {
            Assert.True(hasEnded);
            return ValueTask.FromResult(current + "-next");
        });
        gate.Open();

        Assert.Equal("0-next", await next.OrHang());
    }

    [Fact]
    public async Task UpdateOnce_WhenEverybodyHasLeft_AnOvertakenRebuildIsNotRepeated()
    {
        using var leaving = new CancellationTokenSource();
        var gate = new Gate();
        var runs = 0;
        var abandoned = _cell.UpdateOnceAsync(
            async (_, _) =>
            {
                runs++;
                await gate.PassAsync(CancellationToken.None);
                return "abandoned";
            },
            leaving.Token);
        await gate.Reached;
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned.OrHang());
        _cell.Store("between");
        gate.Open();

        Assert.Equal("between-next", await _cell.UpdateOnceAsync((current, _) => ValueTask.FromResult(current + "-next")).OrHang());
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task UpdateOnce_OneOfSeveralLeaves_TheOthersGetTheirValue()
    {
        using var leaving = new CancellationTokenSource();
        var gate = new Gate();
        async ValueTask<string> Rebuild(string current, CancellationToken token)
        {
            await gate.PassAsync(token);
            return current + "-rebuilt";
        }

        var running = _cell.UpdateOnceAsync(Rebuild);
        await gate.Reached;
        var leaves = _cell.UpdateOnceAsync(Rebuild, leaving.Token);
        var stays = _cell.UpdateOnceAsync(Rebuild);
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves.OrHang());
        gate.Open();

        Assert.Equal("0-rebuilt", await running.OrHang());
        Assert.Equal("0-rebuilt-rebuilt", await stays.OrHang());
    }

    [Fact]
    public async Task UpdateOnce_ARequestDuringTheRebuild_SeesItsOwnChange_ThoughTheRunningOneHasReadBefore()
    {
        var source = "old";
        var gate = new Gate();
        async ValueTask<string> Rebuild(string current, CancellationToken token)
        {
            var read = source;
            await gate.PassAsync(token);
            return read;
        }

        var running = _cell.UpdateOnceAsync(Rebuild);
        await gate.Reached;
        source = "new";
        var mine = _cell.UpdateOnceAsync(Rebuild);
        gate.Open();

        Assert.Equal("old", await running.OrHang());
        Assert.Equal("new", await mine.OrHang());
        Assert.Equal("new", _cell.Load());
    }

    [Fact]
    public async Task UpdateOnce_ARequestThatLeavesBeforeItsTurn_RunsNothing_AndHarmsNobody()
    {
        using var leaving = new CancellationTokenSource();
        var gate = new Gate();
        var first = _cell.UpdateOnceAsync(async (current, token) =>
        {
            await gate.PassAsync(token);
            return current + "-first";
        });
        await gate.Reached;
        var hasRun = false;
        var left = _cell.UpdateOnceAsync(
            (current, _) =>
            {
                hasRun = true;
                return ValueTask.FromResult(current + "-left");
            },
            leaving.Token);
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.OrHang());
        var stayed = _cell.UpdateOnceAsync((current, _) => ValueTask.FromResult(current + "-stayed"));
        gate.Open();

        Assert.Equal("0-first", await first.OrHang());
        Assert.Equal("0-first-stayed", await stayed.OrHang());
        Assert.False(hasRun);
    }

    [Fact]
    public async Task UpdateOnce_FromWithinItself_Throws()
    {
        var rebuild = _cell.UpdateOnceAsync(async (current, token) =>
        {
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
                _cell.UpdateOnceAsync((current, _) => ValueTask.FromResult(current), token));
            Assert.StartsWith("The rebuild of the cell of System.String waits, directly or through others, for the rebuild that follows it.", refused.Message);
            Assert.Contains("Break the circle", refused.Message);
            await Task.Run(() => _cell.CompareExchange("from another thread", "0"), token);
            return current + "-rebuilt";
        });

        Assert.Equal("from another thread-rebuilt", await rebuild.OrHang());
    }

    [Fact]
    public async Task UpdateOnce_InACircleWithAnotherObject_Throws()
    {
        var other = new AsyncOnce<string>();

        await Assert.ThrowsAsync<InvalidOperationException>(() => _cell.UpdateOnceAsync((_, token) =>
            other.GetAsync(async token => await _cell.UpdateOnceAsync((current, _) => ValueTask.FromResult(current), token), token)).OrHang());
    }

    [Fact]
    public async Task UpdateOnce_EveryCallerGetsAValueWhoseMakingBeganAfterItsCall()
    {
        var source = 0;
        var cell = new SwapCell<string>("0");
        using var start = new Barrier(4);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            async () =>
            {
                start.SignalAndWait();
                for (var i = 0; i < 200; i++)
                {
                    var atLeast = Interlocked.Increment(ref source);
                    var value = await cell.UpdateOnceAsync((_, _) => ValueTask.FromResult(Volatile.Read(ref source).ToString()));
                    Assert.True(int.Parse(value) >= atLeast);
                }
            },
            TaskCreationOptions.LongRunning).Unwrap())).OrHang();
    }
}

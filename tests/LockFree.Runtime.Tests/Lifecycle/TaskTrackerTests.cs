namespace LockFree.Tests;

public sealed class TaskTrackerTests
{
    private readonly TaskTracker _tracker = new();

    [Fact]
    public async Task Wait_CompletesWhenClosedAndEmpty_NotBefore()
    {
        var gate = new Gate();
        Assert.True(_tracker.TryRun(_ => gate.PassAsync()));
        var wait = _tracker.WaitAsync();
        Assert.Equal(1, _tracker.Count);
        _tracker.Close();
        Assert.False(wait.IsCompleted);
        gate.Open();

        await wait.OrHang();
        Assert.Equal(0, _tracker.Count);
    }

    [Fact]
    public async Task Wait_OfAnEmptyTracker_CompletesWhenItIsClosed()
    {
        var wait = _tracker.WaitAsync();
        Assert.False(wait.IsCompleted);

        _tracker.Close();
        _tracker.Close();

        await wait.OrHang();
    }

    [Fact]
    public async Task Wait_IsNotEndedByTheLastTaskOfAnOpenTracker()
    {
        var wait = _tracker.WaitAsync();
        _tracker.TryRun(_ => Task.CompletedTask);
        await Condition.BecomesTrueAsync(() => _tracker.Count == 0);
        var gate = new Gate();
        _tracker.TryRun(_ => gate.PassAsync());
        await gate.Reached;

        Assert.False(wait.IsCompleted);
        Assert.False(_tracker.IsClosed);
        gate.Open();
    }

    [Fact]
    public async Task Wait_CanBeLeft()
    {
        using var leaving = new CancellationTokenSource();
        var wait = _tracker.WaitAsync(leaving.Token);
        leaving.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.OrHang());
    }

    [Fact]
    public void TryRun_OnceClosed_IsRefusedAndDoesNotCallTheWork()
    {
        _tracker.Close();

        Assert.False(_tracker.TryRun(_ => throw new InvalidOperationException("called")));
        Assert.Equal(0, _tracker.Count);
        Assert.True(_tracker.IsClosed);
    }

    [Fact]
    public async Task TryRun_RacingWithClose_IsEitherRefusedOrWaitedFor()
    {
        using var start = new Barrier(2);
        for (var round = 0; round < 1_000; round++)
        {
            var tracker = new TaskTracker();
            var hasEnded = false;
            var run = Task.Run(() =>
            {
                start.SignalAndWait();
                return tracker.TryRun(async _ =>
                {
                    await Task.Yield();
                    Volatile.Write(ref hasEnded, true);
                });
            });
            start.SignalAndWait();
            tracker.Close();
            await tracker.WaitAsync().OrHang();

            Assert.Equal(Volatile.Read(ref hasEnded), await run.OrHang());
        }
    }

    [Fact]
    public async Task AFault_TheFirstIsKept_AndTheOthersGoOn()
    {
        var gate = new Gate();
        var first = new InvalidDataException();
        var token = default(CancellationToken);
        _tracker.TryRun(async cancellationToken =>
        {
            token = cancellationToken;
            await gate.PassAsync();
            throw new InvalidOperationException("second");
        });
        await gate.Reached;
        var failed = new TaskCompletionSource();
        _tracker.TryRun(_ => Task.FromException(first));
        _tracker.TryRun(async _ =>
        {
            while (_tracker.FirstFault is null)
                await Task.Yield();

            failed.SetResult();
        });
        await failed.Task.OrHang();
        Assert.False(token.IsCancellationRequested);
        gate.Open();
        _tracker.Close();
        await _tracker.WaitAsync().OrHang();

        Assert.Same(first, _tracker.FirstFault);
    }

    [Fact]
    public async Task CancelOnFault_CancelsTheOthers_WhoseCancellationIsNoFault()
    {
        var tracker = new TaskTracker { CancelOnFault = true };
        var fault = new InvalidDataException();
        tracker.TryRun(token => Task.Delay(Timeout.Infinite, token));
        tracker.TryRun(_ => Task.FromException(fault));
        tracker.Close();

        await tracker.WaitAsync().OrHang();

        Assert.Same(fault, tracker.FirstFault);
        Assert.True(tracker.CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public async Task ACancellationThatNobodyAskedFor_IsAFault()
    {
        _tracker.TryRun(_ => throw new OperationCanceledException());
        _tracker.Close();
        await _tracker.WaitAsync().OrHang();

        Assert.IsType<OperationCanceledException>(_tracker.FirstFault);
    }

    [Fact]
    public async Task Dispose_ClosesCancelsAndWaits()
    {
        var gate = new Gate();
        _tracker.TryRun(async token =>
        {
            await token.Cancelled();
            await gate.PassAsync();
        });
        var disposal = _tracker.DisposeAsync().AsTask();
        await gate.Reached;
        Assert.False(_tracker.TryRun(_ => Task.CompletedTask));
        Assert.False(disposal.IsCompleted);
        gate.Open();

        await disposal.OrHang();
        Assert.Null(_tracker.FirstFault);
    }

    [Fact]
    public async Task TheLastTask_EndingAsTheTrackerIsClosed_IsNotMissed()
    {
        using var barrier = new Barrier(2);
        for (var round = 0; round < 1_000; round++)
        {
            var tracker = new TaskTracker();
            tracker.TryRun(_ =>
            {
                barrier.SignalAndWait();
                return Task.CompletedTask;
            });
            barrier.SignalAndWait();
            tracker.Close();

            await tracker.WaitAsync().OrHang();
        }
    }

    [Fact]
    public async Task EveryWaiter_IsWoken_WhetherItCameBeforeOrAfterTheClose()
    {
        var gate = new Gate();
        _tracker.TryRun(_ => gate.PassAsync());
        var before = new[] { _tracker.WaitAsync(), _tracker.WaitAsync() };
        _tracker.Close();
        var after = _tracker.WaitAsync();
        gate.Open();

        await Task.WhenAll([.. before, after]).OrHang();
        await _tracker.WaitAsync().OrHang();
    }

    [Fact]
    public async Task TasksThatStartTasksUntilTheClose_AreAllWaitedFor()
    {
        var running = 0;
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Next()
        {
            Interlocked.Increment(ref running);
            if (_tracker.TryRun(_ =>
            {
                Next();
                Interlocked.Decrement(ref running);
                return Task.CompletedTask;
            }))
            {
                return;
            }

            Interlocked.Decrement(ref running);
            refused.TrySetResult();
        }

        Next();
        Next();
        _tracker.Close();
        await _tracker.WaitAsync().OrHang();

        Assert.Equal(0, Volatile.Read(ref running));
        await refused.Task.OrHang();
    }

    [Fact]
    public async Task Cancel_IsSeenByEveryTaskOnReturn_AndByThoseThatComeLater()
    {
        var gate = new Gate();
        var token = default(CancellationToken);
        _tracker.TryRun(async cancellationToken =>
        {
            token = cancellationToken;
            await gate.PassAsync();
        });
        await gate.Reached;

        _tracker.Cancel();

        Assert.True(token.IsCancellationRequested);
        gate.Open();
        var later = new TaskCompletionSource<bool>();
        _tracker.TryRun(cancellationToken =>
        {
            later.SetResult(cancellationToken.IsCancellationRequested);
            return Task.CompletedTask;
        });
        Assert.True(await later.Task.OrHang());
    }

    [Fact]
    public async Task AFaultBeforeTheFirstAwait_IsKeptLikeALaterOne_AndIsNotThrownAtTheCaller()
    {
        var fault = new InvalidDataException();
        Assert.True(_tracker.TryRun(_ => throw fault));

        await DrainAsync();

        Assert.Same(fault, _tracker.FirstFault);
    }

    [Fact]
    public async Task ManyTasks_AreAllWaitedFor()
    {
        var ended = 0;
        for (var i = 0; i < 5_000; i++)
        {
            _tracker.TryRun(async _ =>
            {
                await Task.Yield();
                Interlocked.Increment(ref ended);
            });
        }

        _tracker.Close();
        await _tracker.WaitAsync().OrHang();

        Assert.Equal(5_000, ended);
        Assert.Equal(0, _tracker.Count);
    }

    private Task DrainAsync()
    {
        _tracker.Close();
        return _tracker.WaitAsync().OrHang();
    }
}

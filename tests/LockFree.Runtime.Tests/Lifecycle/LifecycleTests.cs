using Microsoft.Extensions.Time.Testing;

namespace LockFree.Tests;

public sealed class LifecycleTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Lifecycle _lifecycle;

    public LifecycleTests() => _lifecycle = new Lifecycle(_time);

    [Fact]
    public async Task AWorkerThatReturnsNull_Faults_AndIsToldSo()
    {
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => _lifecycle.StartAsync(_ => null!).OrHang());

        Assert.Equal("The worker returned null instead of a task.", thrown.Message);
        Assert.Equal(LifecycleStatus.Faulted, _lifecycle.Status);
    }

    [Fact]
    public async Task ARun_PassesThroughEveryStatus()
    {
        var beforeReady = new Gate();
        var beforeEnd = new Gate();
        Assert.Equal(LifecycleStatus.Stopped, _lifecycle.Status);

        var start = _lifecycle.StartAsync(async context =>
        {
            await beforeReady.PassAsync();
            context.NotifyReady();
            await context.Stopping.Cancelled();
            await beforeEnd.PassAsync();
        });
        Assert.Equal(LifecycleStatus.Starting, _lifecycle.Status);
        Assert.False(start.IsCompleted);
        beforeReady.Open();
        await start.OrHang();
        Assert.Equal(LifecycleStatus.Running, _lifecycle.Status);
        Assert.True(_lifecycle.Ready.IsCompletedSuccessfully);

        var stop = _lifecycle.StopAsync();
        await beforeEnd.Reached;
        Assert.Equal(LifecycleStatus.Stopping, _lifecycle.Status);
        beforeEnd.Open();

        Assert.Equal(StopReason.Cancelled, await stop.OrHang());
        Assert.Equal(LifecycleStatus.Stopped, _lifecycle.Status);
    }

    [Fact]
    public async Task BeforeTheFirstStart_ThereIsNothingToWaitFor()
    {
        Assert.Equal(StopReason.NeverStarted, await _lifecycle.Completion.OrHang());
        Assert.Equal(StopReason.NeverStarted, await _lifecycle.StopAsync().OrHang());
        await _lifecycle.WaitForStatusAsync(LifecycleStatus.Stopped).OrHang();
        _lifecycle.RequestStop();
    }

    [Fact]
    public async Task Ready_MayBeAwaitedBeforeTheStart()
    {
        var ready = _lifecycle.Ready;
        Assert.False(ready.IsCompleted);

        await _lifecycle.StartAsync(context =>
        {
            context.NotifyReady();
            return Task.CompletedTask;
        }).OrHang();

        await ready.OrHang();
    }

    [Fact]
    public async Task AWorkerThatReturnsBeforeAnybodyStopsIt_HasFinished()
    {
        await _lifecycle.StartAsync(_ => Task.CompletedTask).OrHang();

        Assert.Equal(StopReason.Finished, await _lifecycle.Completion.OrHang());
        Assert.Equal(StopReason.Finished, await _lifecycle.StopAsync().OrHang());
    }

    [Fact]
    public async Task AWorkerThatIsCancelledThoughNobodyStoppedIt_HasFaulted()
    {
        _lifecycle.TryStart(_ => throw new TaskCanceledException("a time-out of its own"));

        Assert.Equal(StopReason.Faulted, await _lifecycle.Completion.OrHang());
        Assert.IsType<TaskCanceledException>(_lifecycle.Fault);
    }

    [Fact]
    public async Task AWorkerThatFailsWhileStopping_HasFaulted()
    {
        await _lifecycle.StartAsync(async context =>
        {
            context.NotifyReady();
            await context.Stopping.Cancelled();
            throw new InvalidDataException();
        }).OrHang();

        Assert.Equal(StopReason.Faulted, await _lifecycle.StopAsync().OrHang());
        Assert.Equal(LifecycleStatus.Faulted, _lifecycle.Status);
    }

    [Fact]
    public async Task AWorkerThatThrowsItsCancellationWhenStopped_IsCancelled()
    {
        await _lifecycle.StartAsync(async context =>
        {
            context.NotifyReady();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.TimeProvider, context.Stopping);
        }).OrHang();

        Assert.Equal(StopReason.Cancelled, await _lifecycle.StopAsync().OrHang());
        Assert.Null(_lifecycle.Fault);
    }

    [Fact]
    public async Task Start_Cancelled_AsksItsRunToStop()
    {
        using var cancellation = new CancellationTokenSource();
        var gate = new Gate();
        var start = _lifecycle.StartAsync(
            async context =>
            {
                await gate.PassAsync();
                await context.Stopping.Cancelled();
            },
            cancellation.Token);
        await gate.Reached;
        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start.OrHang());
        gate.Open();
        Assert.Equal(StopReason.Cancelled, await _lifecycle.Completion.OrHang());
    }

    [Fact]
    public async Task Start_WithACancelledToken_StartsNothing()
    {
        var wasCalled = false;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _lifecycle.StartAsync(
            _ =>
            {
                wasCalled = true;
                return Task.CompletedTask;
            },
            new CancellationToken(true)).OrHang());

        Assert.False(wasCalled);
        Assert.Equal(StopReason.NeverStarted, await _lifecycle.Completion);
    }

    [Fact]
    public async Task AStoppedLifecycle_CanBeStartedAgain_AfterAFaultToo()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => _lifecycle.StartAsync(_ => throw new InvalidDataException()).OrHang());

        await _lifecycle.StartAsync(context =>
        {
            context.NotifyReady();
            return context.Stopping.Cancelled();
        }).OrHang();

        Assert.Equal(LifecycleStatus.Running, _lifecycle.Status);
        Assert.Null(_lifecycle.Fault);
        Assert.Equal(StopReason.Cancelled, await _lifecycle.StopAsync().OrHang());
    }

    [Fact]
    public async Task AWorkerThatWaitsForItsOwnStop_GetsAnException_AndIsStopped()
    {
        await _lifecycle.StartAsync(async context =>
        {
            context.NotifyReady();
            await Assert.ThrowsAsync<InvalidOperationException>(() => _lifecycle.StopAsync(Timeout.InfiniteTimeSpan));
            await context.Stopping.Cancelled();
        }).OrHang();

        Assert.Equal(StopReason.Cancelled, await _lifecycle.Completion.OrHang());
    }

    [Fact]
    public async Task AWorkerMayUseItsLifecycle_FromItsOwnThreadAndFromAnother()
    {
        await _lifecycle.StartAsync(async context =>
        {
            Assert.False(_lifecycle.TryStart(_ => Task.CompletedTask));
            Assert.True(context.NotifyReady());
            await _lifecycle.Ready;
            await _lifecycle.WaitForStatusAsync(LifecycleStatus.Running);
            var thread = new Thread(_lifecycle.RequestStop);
            thread.Start();
            Assert.True(thread.Join(HangGuard.Limit));
            Assert.True(context.Stopping.IsCancellationRequested);
            await _lifecycle.DisposeAsync();
        }).OrHang();

        Assert.Equal(StopReason.Cancelled, await _lifecycle.Completion.OrHang());
    }

    [Fact]
    public async Task ACallbackOfStopping_MayStopAndDispose_AndThrow()
    {
        var calledBack = new TaskCompletionSource();
        await _lifecycle.StartAsync(async context =>
        {
            using var registration = context.Stopping.Register(() =>
            {
                _lifecycle.RequestStop();
                calledBack.SetResult();
                throw new InvalidDataException("thrown by a callback, on purpose");
            });
            context.NotifyReady();
            await calledBack.Task;
        }).OrHang();

        Assert.Equal(StopReason.Cancelled, await _lifecycle.StopAsync().OrHang());
    }

    [Fact]
    public async Task Dispose_StopsTheRun_AndThereIsNoOther()
    {
        await _lifecycle.StartAsync(context =>
        {
            context.NotifyReady();
            return context.Stopping.Cancelled();
        }).OrHang();
        var neverAgain = _lifecycle.WaitForStatusAsync(LifecycleStatus.Starting);

        await _lifecycle.DisposeAsync().OrHang();
        await _lifecycle.DisposeAsync().OrHang();

        Assert.Equal(StopReason.Cancelled, await _lifecycle.Completion.OrHang());
        Assert.Throws<ObjectDisposedException>(() => _lifecycle.TryStart(_ => Task.CompletedTask));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _lifecycle.StartAsync(_ => Task.CompletedTask).OrHang());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => neverAgain.OrHang());
        Assert.Equal(StopReason.Cancelled, await _lifecycle.StopAsync().OrHang());
    }

    [Fact]
    public async Task Dispose_WithoutAnyRun_FailsThoseWhoWaitForReady()
    {
        var ready = _lifecycle.Ready;

        await _lifecycle.DisposeAsync().OrHang();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => ready.OrHang());
    }

    [Fact]
    public async Task Dispose_DuringARun_NoOtherBeginsWhenItEnds()
    {
        var gate = new Gate();
        await _lifecycle.StartAsync(context =>
        {
            context.NotifyReady();
            return gate.PassAsync();
        }).OrHang();
        var disposal = _lifecycle.DisposeAsync().AsTask();

        Assert.Equal(LifecycleStatus.Stopping, _lifecycle.Status);
        Assert.Throws<ObjectDisposedException>(() => _lifecycle.TryStart(_ => Task.CompletedTask));
        gate.Open();

        await disposal.OrHang();
        Assert.Throws<ObjectDisposedException>(() => _lifecycle.TryStart(_ => Task.CompletedTask));
    }

    [Fact]
    public async Task Dispose_DuringAStart_CancelsIt()
    {
        var gate = new Gate();
        var start = _lifecycle.StartAsync(context => gate.PassAsync());
        await gate.Reached;
        var disposal = _lifecycle.DisposeAsync().AsTask();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start.OrHang());
        Assert.False(disposal.IsCompleted);
        gate.Open();

        await disposal.OrHang();
        Assert.Equal(StopReason.Cancelled, await _lifecycle.Completion.OrHang());
    }

    [Fact]
    public async Task Dispose_OfAWorkerThatIgnoresIt_EndsWithTheGracePeriod()
    {
        var gate = new Gate();
        _lifecycle.TryStart(_ => gate.PassAsync());
        await gate.Reached;
        var disposal = _lifecycle.DisposeAsync().AsTask();

        _time.Advance(_lifecycle.GracePeriod);

        await disposal.OrHang();
        Assert.Equal(StopReason.Abandoned, await _lifecycle.Completion.OrHang());
        gate.Open();
    }

    [Fact]
    public async Task WhatAWorkerHasStarted_MayWaitForALaterRun()
    {
        var leftBehind = new Gate();
        var reason = new TaskCompletionSource<StopReason>();
        _lifecycle.TryStart(context =>
        {
            _ = Task.Run(async () =>
            {
                await leftBehind.PassAsync();
                reason.SetResult(await _lifecycle.StopAsync());
            });
            return Task.CompletedTask;
        });
        await _lifecycle.Completion.OrHang();
        _lifecycle.TryStart(context => context.Stopping.Cancelled());

        leftBehind.Open();

        Assert.Equal(StopReason.Cancelled, await reason.Task.OrHang());
    }

    [Fact]
    public async Task AnEndlessGracePeriod_StartsNoTimer_AndANegativeOneIsRefused()
    {
        var gate = new Gate();
        await _lifecycle.StartAsync(context =>
        {
            context.NotifyReady();
            return gate.PassAsync();
        }).OrHang();
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = _lifecycle.StopAsync(TimeSpan.FromSeconds(-2)); });
        Assert.Equal(LifecycleStatus.Running, _lifecycle.Status);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lifecycle { GracePeriod = TimeSpan.MaxValue });

        var stop = _lifecycle.StopAsync(Timeout.InfiniteTimeSpan);
        _time.Advance(TimeSpan.FromDays(1_000));

        Assert.Equal(LifecycleStatus.Stopping, _lifecycle.Status);
        gate.Open();
        Assert.Equal(StopReason.Cancelled, await stop.OrHang());
    }
}

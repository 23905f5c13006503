using Microsoft.Extensions.Time.Testing;

namespace LockFree.Tests;

/// <summary>The races that lifecycles made of flags and handles lose, one by one.</summary>
public sealed class LifecycleRaceTests : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly Lifecycle _lifecycle;

    public LifecycleRaceTests() => _lifecycle = new Lifecycle(_time) { GracePeriod = Grace };

    public ValueTask DisposeAsync() => _lifecycle.DisposeAsync();

    [Fact]
    public async Task StopBeforeStartHasFinished_TheWorkerIsCalledAllTheSame_AndEndsCancelled()
    {
        for (var round = 1; round <= 300; round++)
        {
            var wasCalled = false;
            var start = _lifecycle.StartAsync(async context =>
            {
                wasCalled = true;
                context.NotifyReady();
                await context.Stopping.Cancelled();
            });

            var reason = await _lifecycle.StopAsync().OrHang();

            Assert.True(wasCalled, $"Not called in round {round}.");
            Assert.Equal(StopReason.Cancelled, reason);
            Assert.Equal(LifecycleStatus.Stopped, _lifecycle.Status);
            await Record.ExceptionAsync(() => start.OrHang());
        }
    }

    [Fact]
    public async Task StopDuringStart_TheStartIsCancelled_AndALateReadyChangesNothing()
    {
        var gate = new Gate();
        var wasReady = true;
        var start = _lifecycle.StartAsync(async context =>
        {
            await gate.PassAsync();
            wasReady = context.NotifyReady();
        });
        await gate.Reached;
        Assert.Equal(LifecycleStatus.Starting, _lifecycle.Status);

        var stop = _lifecycle.StopAsync();

        Assert.Equal(LifecycleStatus.Stopping, _lifecycle.Status);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start.OrHang());
        gate.Open();
        Assert.Equal(StopReason.Cancelled, await stop.OrHang());
        Assert.False(wasReady);
        Assert.True(_lifecycle.Ready.IsCanceled);
    }

    [Fact]
    public async Task DoubleStart_OneRuns_TheOtherIsRefused()
    {
        using var barrier = new Barrier(2);
        var runs = 0;
        async Task Worker(LifecycleContext context)
        {
            Interlocked.Increment(ref runs);
            context.NotifyReady();
            await context.Stopping.Cancelled();
        }

        for (var round = 1; round <= 100; round++)
        {
            var started = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    barrier.SignalAndWait();
                    return _lifecycle.TryStart(Worker);
                },
                TaskCreationOptions.LongRunning))).OrHang();

            Assert.Single(started, hasStarted => hasStarted);
            await Assert.ThrowsAsync<InvalidOperationException>(() => _lifecycle.StartAsync(Worker).OrHang());
            await _lifecycle.Ready.OrHang();
            Assert.Equal(round, runs);
            await _lifecycle.StopAsync().OrHang();
        }
    }

    [Fact]
    public async Task TwoStops_GetTheSameReason_AndTheShorterGraceCounts()
    {
        var gate = new Gate();
        await _lifecycle.StartAsync(context =>
        {
            context.NotifyReady();
            return gate.PassAsync();
        }).OrHang();

        var patient = _lifecycle.StopAsync(TimeSpan.FromHours(1));
        var impatient = _lifecycle.StopAsync(TimeSpan.FromSeconds(1));
        Assert.False(impatient.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(StopReason.Abandoned, await impatient.OrHang());
        Assert.Equal(StopReason.Abandoned, await patient.OrHang());
        gate.Open();
    }

    [Fact]
    public async Task TwoStops_OfAWorkerThatObeys_AreBothCancelled()
    {
        await StartReadyAsync(context => context.Stopping.Cancelled());

        var stops = new[] { _lifecycle.StopAsync(), _lifecycle.StopAsync(), Task.Run(() => _lifecycle.StopAsync()) };

        var reasons = await Task.WhenAll(stops).OrHang();
        Assert.All(reasons, reason => Assert.Equal(StopReason.Cancelled, reason));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AWorkerThatThrowsBeforeReady_FailsTheStart(bool synchronously)
    {
        var fault = new InvalidDataException();
        Task Worker(LifecycleContext context) => synchronously ? throw fault : Task.FromException(fault);

        Assert.Same(fault, await Assert.ThrowsAsync<InvalidDataException>(() => _lifecycle.StartAsync(Worker).OrHang()));

        Assert.Equal(LifecycleStatus.Faulted, _lifecycle.Status);
        Assert.Same(fault, _lifecycle.Fault);
        Assert.Same(fault, await Assert.ThrowsAsync<InvalidDataException>(() => _lifecycle.Ready.OrHang()));
        Assert.Equal(StopReason.Faulted, await _lifecycle.Completion.OrHang());
        Assert.Equal(StopReason.Faulted, await _lifecycle.StopAsync().OrHang());
    }

    [Fact]
    public async Task AWorkerThatIgnoresCancellation_IsAbandoned_AndItsLaterFaultIsObserved()
    {
        using var unobserved = new UnobservedExceptions();

        await AbandonAndThenFailAsync(unobserved.Message);

        Assert.Equal(0, unobserved.Collect());
        Assert.Equal(LifecycleStatus.Stopped, _lifecycle.Status);
        Assert.Null(_lifecycle.Fault);
    }

    [Fact]
    public async Task ReadyAfterStop_NeverShowsAsRunning()
    {
        var gate = new Gate();
        var context = await StartAtGateAsync(gate);
        var stop = _lifecycle.StopAsync();

        Assert.False(context.NotifyReady());

        Assert.Equal(LifecycleStatus.Stopping, _lifecycle.Status);
        gate.Open();
        await stop.OrHang();
        Assert.False(context.NotifyReady());
        Assert.Equal(LifecycleStatus.Stopped, _lifecycle.Status);
    }

    [Fact]
    public async Task RestartWhileTheOldWorkerStops_IsRefused()
    {
        var gate = new Gate();
        await StartReadyAsync(_ => gate.PassAsync());
        await gate.Reached;
        var stop = _lifecycle.StopAsync();

        Assert.False(_lifecycle.TryStart(_ => Task.CompletedTask));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _lifecycle.StartAsync(_ => Task.CompletedTask).OrHang());

        gate.Open();
        await stop.OrHang();
        Assert.True(_lifecycle.TryStart(_ => Task.CompletedTask));
    }

    [Theory]
    [InlineData("returns")]
    [InlineData("throws")]
    public async Task RestartWhileTheOldWorkerStillRuns_NothingItDoesTouchesTheNewRun(string oldEnd)
    {
        var oldGate = new Gate();
        var oldContext = default(LifecycleContext);
        var oldEnded = new TaskCompletionSource();
        _lifecycle.TryStart(async context =>
        {
            oldContext = context;
            await oldGate.PassAsync();
            oldEnded.SetResult();
            if (oldEnd == "throws")
                throw new InvalidDataException();
        });
        await oldGate.Reached;
        await AbandonAsync();

        var newGate = new Gate();
        var newContext = await StartAtGateAsync(newGate);
        Assert.False(oldContext!.NotifyReady());
        Assert.Equal(LifecycleStatus.Starting, _lifecycle.Status);
        oldContext.RequestStop();
        Assert.Equal(LifecycleStatus.Starting, _lifecycle.Status);
        Assert.True(newContext.NotifyReady());
        oldGate.Open();
        await oldEnded.Task.OrHang();
        newGate.Open();

        Assert.Equal(StopReason.Finished, await _lifecycle.Completion.OrHang());
        Assert.Null(_lifecycle.Fault);
    }

    [Fact]
    public async Task AGracePeriodOfAnOldRun_DoesNotAbandonTheNewOne()
    {
        await StartReadyAsync(context => context.Stopping.Cancelled());
        await _lifecycle.StopAsync(Grace).OrHang();
        var gate = new Gate();
        await StartReadyAsync(_ => gate.PassAsync());
        var stop = _lifecycle.StopAsync(2 * Grace);

        _time.Advance(Grace);

        Assert.Equal(LifecycleStatus.Stopping, _lifecycle.Status);
        Assert.False(stop.IsCompleted);
        gate.Open();
        Assert.Equal(StopReason.Cancelled, await stop.OrHang());
    }

    [Fact]
    public async Task AStopThatFindsItsTokenCancelledAlready_StillStopsGracefully()
    {
        var gate = new Gate();
        await StartReadyAsync(async context =>
        {
            await context.Stopping.Cancelled();
            await gate.PassAsync();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _lifecycle.StopAsync(Grace, new CancellationToken(true)).OrHang());

        gate.Open();
        Assert.Equal(StopReason.Cancelled, await _lifecycle.Completion.OrHang());
    }

    [Fact]
    public async Task AStopThatFindsTheRunsTokenCancelledAlready_WaitsForTheEndLikeTheFirst()
    {
        var gate = new Gate();
        var context = default(LifecycleContext);
        await StartReadyAsync(run =>
        {
            context = run;
            return gate.PassAsync();
        });
        await gate.Reached;
        _lifecycle.RequestStop();
        Assert.True(context!.Stopping.IsCancellationRequested);

        var stop = _lifecycle.StopAsync();

        Assert.False(stop.IsCompleted);
        gate.Open();
        Assert.Equal(StopReason.Cancelled, await stop.OrHang());
    }

    [Fact]
    public async Task AStopWhoseCallerLeaves_GoesOn_AndItsGracePeriodCounts()
    {
        var gate = new Gate();
        await StartReadyAsync(_ => gate.PassAsync());
        using var leaving = new CancellationTokenSource();
        var stop = _lifecycle.StopAsync(Grace, leaving.Token);
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stop.OrHang());

        _time.Advance(Grace);

        Assert.Equal(LifecycleStatus.Stopped, _lifecycle.Status);
        Assert.Equal(StopReason.Abandoned, await _lifecycle.Completion.OrHang());
        gate.Open();
    }

    [Fact]
    public async Task AWakeUpBetweenCheckAndWait_IsNotLost()
    {
        for (var round = 0; round < 1_000; round++)
        {
            // The run's end, on another thread, races with the step from looking at the status to waiting for the next.
            _lifecycle.TryStart(_ => Task.CompletedTask);

            await _lifecycle.WaitForStatusAsync(LifecycleStatus.Stopped).OrHang();
        }
    }

    [Fact]
    public async Task WaitForStatus_SeesAStatusThatIsOverBeforeTheWaiterRuns()
    {
        var waiter = _lifecycle.WaitForStatusAsync(LifecycleStatus.Running);

        for (var round = 0; round < 20; round++)
        {
            await StartReadyAsync(_ => Task.CompletedTask);
            await _lifecycle.Completion.OrHang();
        }

        await waiter.OrHang();
    }

    [Fact]
    public async Task WhoeverHearsOfTheEnd_CanStartAgainAtOnce()
    {
        for (var round = 0; round < 300; round++)
        {
            Assert.True(_lifecycle.TryStart(context => context.Stopping.Cancelled()), $"Refused in round {round}.");
            var completion = _lifecycle.Completion;
            _lifecycle.RequestStop();
            await completion;
        }
    }

    private async Task StartReadyAsync(Func<LifecycleContext, Task> worker) =>
        await _lifecycle.StartAsync(context =>
        {
            context.NotifyReady();
            return worker(context);
        }).OrHang();

    private async Task<LifecycleContext> StartAtGateAsync(Gate gate)
    {
        var started = new TaskCompletionSource<LifecycleContext>();
        Assert.True(_lifecycle.TryStart(context =>
        {
            started.SetResult(context);
            return gate.PassAsync();
        }));
        await gate.Reached;
        return await started.Task;
    }

    private async Task AbandonAsync()
    {
        var stop = _lifecycle.StopAsync(Grace);
        Assert.False(stop.IsCompleted);
        _time.Advance(Grace);
        Assert.Equal(StopReason.Abandoned, await stop.OrHang());
    }

    private async Task AbandonAndThenFailAsync(string message)
    {
        var gate = new Gate();
        var workerEnded = new TaskCompletionSource();
        await _lifecycle.StartAsync(async context =>
        {
            context.NotifyReady();
            await gate.PassAsync();
            workerEnded.SetResult();
            throw new InvalidDataException(message);
        }).OrHang();
        await AbandonAsync();
        gate.Open();
        await workerEnded.Task.OrHang();
    }
}

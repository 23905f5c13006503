using Microsoft.Extensions.Time.Testing;

namespace LockFree.Tests;

/// <summary>
/// Readiness, stop, end and grace period may overtake one another between the swap that decides and the promise that tells. Whoever comes to
/// tell, all say the same.
/// </summary>
public sealed class LifecycleOvertakingTests
{
    [Fact]
    public async Task AStopThatComesBeforeTheNewsOfReadiness_LeavesTheRunReady()
    {
        // The arrows as NotifyReady and RequestStop take them, the first halted between its swap and its promise.
        var run = new LifecycleRun(new TaskCompletionSource());
        var stopping = new LifecycleState().Started(run).Moved(LifecycleStatus.Running).Moved(LifecycleStatus.Stopping);

        run.Stop(stopping.BecameReady == true);

        await run.Ready.OrHang();
        Assert.True(run.Stopping.IsCancellationRequested);
    }

    [Theory]
    [InlineData(StopReason.Cancelled)]
    [InlineData(StopReason.Abandoned)]
    [InlineData(StopReason.Faulted)]
    public async Task AnEndThatComesBeforeTheNewsOfAStop_LeavesReadyCancelled(StopReason reason)
    {
        // As above: RequestStop is halted between its swap and its promise, and the worker ends.
        var run = new LifecycleRun(new TaskCompletionSource());
        var stopping = new LifecycleState().Started(run).Moved(LifecycleStatus.Stopping);
        var ended = reason == StopReason.Abandoned
            ? stopping.Stopped(reason)
            : stopping.Ended(reason == StopReason.Faulted ? new InvalidDataException() : null);

        run.Complete(ended);

        Assert.True(run.Ready.IsCanceled);
        Assert.Equal(reason, await run.Completion.OrHang());
    }

    [Fact]
    public async Task AnEndThatComesBeforeTheNewsOfReadiness_LeavesTheRunReady()
    {
        var run = new LifecycleRun(new TaskCompletionSource());
        var ended = new LifecycleState().Started(run).Moved(LifecycleStatus.Running).Ended(new InvalidDataException());

        run.Complete(ended);

        await run.Ready.OrHang();
        Assert.Equal(StopReason.Faulted, await run.Completion.OrHang());
    }

    [Fact]
    public async Task AStopThatMeetsReadiness_ReadySaysWhatNotifyReadyReturned()
    {
        using var barrier = new Barrier(2);
        await using var lifecycle = new Lifecycle();
        for (var round = 1; round <= 1_000; round++)
        {
            var wasReady = false;
            Assert.True(lifecycle.TryStart(async context =>
            {
                barrier.SignalAndWait();
                wasReady = context.NotifyReady();
                await context.Stopping.Cancelled();
            }));
            var ready = lifecycle.Ready;
            barrier.SignalAndWait();

            await lifecycle.StopAsync(Timeout.InfiniteTimeSpan).OrHang();

            Assert.Equal(wasReady, ready.IsCompletedSuccessfully);
            Assert.Equal(!wasReady, ready.IsCanceled);
        }
    }

    [Fact]
    public async Task AGracePeriodThatRunsOutAsTheWorkerFails_DoesNotHideTheFault()
    {
        // The timer fires although it has been disposed of: it was about to when the worker ended.
        var time = new HeedlessTimeProvider();
        await using var lifecycle = new Lifecycle(time);
        var fault = new InvalidDataException();
        lifecycle.TryStart(async context =>
        {
            await context.Stopping.Cancelled();
            throw fault;
        });
        Assert.Equal(StopReason.Faulted, await lifecycle.StopAsync(TimeSpan.FromSeconds(10)).OrHang());

        time.FireAll();

        Assert.Equal(LifecycleStatus.Faulted, lifecycle.Status);
        Assert.Same(fault, lifecycle.Fault);
    }

    /// <summary>Its timers fire when a test says so, disposed or not.</summary>
    private sealed class HeedlessTimeProvider : TimeProvider
    {
        private Action? _callbacks;

        public void FireAll() => _callbacks?.Invoke();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _callbacks += () => callback(state);
            return new FakeTimeProvider().CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        }
    }
}

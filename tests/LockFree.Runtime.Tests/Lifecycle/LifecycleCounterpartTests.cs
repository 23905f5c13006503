using Microsoft.Extensions.Time.Testing;

namespace LockFree.Tests;

/// <summary>
/// Faults that counterparts have shipped, as far as the other tests do not have them already: the lifecycle of modkit, and .NET's own
/// <c>BackgroundService</c>.
/// </summary>
public sealed class LifecycleCounterpartTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Lifecycle _lifecycle;

    public LifecycleCounterpartTests() => _lifecycle = new Lifecycle(_time);

    public ValueTask DisposeAsync() => _lifecycle.DisposeAsync();

    // modkit: the status stays Running, and a stop waits for its whole time-out.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AWorkerThatThrowsAfterReady_EndsItsRun_WithoutAnyStop(bool beforeItsFirstAwait)
    {
        var fault = new InvalidDataException();
        var gate = new Gate();
        await _lifecycle.StartAsync(async context =>
        {
            context.NotifyReady();
            if (!beforeItsFirstAwait)
                await gate.PassAsync();
            throw fault;
        }).OrHang();
        gate.Open();

        Assert.Equal(StopReason.Faulted, await _lifecycle.Completion.OrHang());
        Assert.Equal(LifecycleStatus.Faulted, _lifecycle.Status);
        Assert.Same(fault, _lifecycle.Fault);
    }

    // modkit: says Cancelled.
    [Fact]
    public async Task AStopThatComesAfterTheWorkerHasEndedByItself_DoesNotSayThatItWasTheStop()
    {
        _lifecycle.TryStart(_ => Task.CompletedTask);
        await _lifecycle.Completion.OrHang();

        _lifecycle.RequestStop();

        Assert.Equal(StopReason.Finished, await _lifecycle.StopAsync().OrHang());
        Assert.Equal(StopReason.Finished, await _lifecycle.Completion.OrHang());
    }

    // modkit: readiness can only be polled, and a worker that ends without saying it leaves the status at Starting.
    [Fact]
    public async Task AWorkerThatEndsWithoutSayingThatItIsReady_KeepsNobodyWaiting()
    {
        var gate = new Gate();
        var start = _lifecycle.StartAsync(_ => gate.PassAsync());
        await gate.Reached;
        Assert.False(start.IsCompleted);
        gate.Open();

        await start.OrHang();
        Assert.Equal(StopReason.Finished, await _lifecycle.Completion.OrHang());
    }

    // BackgroundService: the stop returns as if the worker had ended.
    [Fact]
    public async Task AStopWhoseTokenRunsOut_DoesNotPretendThatTheWorkerHasEnded()
    {
        var gate = new Gate();
        await StartAtAsync(gate);
        using var runsOut = new CancellationTokenSource(TimeSpan.FromSeconds(5), _time);
        var stop = _lifecycle.StopAsync(Timeout.InfiniteTimeSpan, runsOut.Token);

        _time.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stop.OrHang());
        Assert.Equal(LifecycleStatus.Stopping, _lifecycle.Status);
        gate.Open();
        Assert.Equal(StopReason.Cancelled, await _lifecycle.Completion.OrHang());
    }

    // BackgroundService: the stop is forgotten, silently. Here it says that there was nothing to stop.
    [Fact]
    public async Task AStopBeforeAnyStart_SaysSo_AndTheStartThatFollowsIsAStart()
    {
        Assert.Equal(StopReason.NeverStarted, await _lifecycle.StopAsync().OrHang());
        var gate = new Gate();

        await StartAtAsync(gate);

        Assert.Equal(LifecycleStatus.Running, _lifecycle.Status);
        gate.Open();
    }

    // BackgroundService before .NET 10: the host does not come up.
    [Fact]
    public async Task AWorkerThatBlocksItsThread_DoesNotBlockWhoStartsIt()
    {
        using var blocks = new ManualResetEventSlim();
        var start = _lifecycle.StartAsync(_ =>
        {
            Assert.True(blocks.Wait(HangGuard.Limit));
            return Task.CompletedTask;
        });

        Assert.False(start.IsCompleted);
        Assert.Equal(LifecycleStatus.Starting, _lifecycle.Status);
        blocks.Set();
        await start.OrHang();
    }

    // BackgroundService: the second start replaces the task of the first, which nobody stops any more.
    [Fact]
    public async Task AStartThatIsRefused_LeavesNoWorkerBehind()
    {
        var gate = new Gate();
        await StartAtAsync(gate);
        var refusedWasCalled = false;

        Assert.False(_lifecycle.TryStart(_ =>
        {
            refusedWasCalled = true;
            return Task.CompletedTask;
        }));

        gate.Open();
        Assert.Equal(StopReason.Finished, await _lifecycle.Completion.OrHang());
        Assert.False(refusedWasCalled);
    }

    // dotnet/runtime#111013: an exception that was meant for those who wait shows up as if something had failed.
    [Fact]
    public async Task AWorkerThatIsStopped_LeavesNoFaultBehind_HoweverItsCancellationComesOut()
    {
        foreach (var end in new Func<CancellationToken, Task>[]
        {
            token => Task.Delay(Timeout.InfiniteTimeSpan, _time, token),
            async token =>
            {
                await token.Cancelled();
                token.ThrowIfCancellationRequested();
            },
            async token =>
            {
                await token.Cancelled();
                throw new OperationCanceledException("of something else that the stop has ended");
            },
        })
        {
            await _lifecycle.StartAsync(context =>
            {
                context.NotifyReady();
                return end(context.Stopping);
            }).OrHang();

            Assert.Equal(StopReason.Cancelled, await _lifecycle.StopAsync().OrHang());
            Assert.Equal(LifecycleStatus.Stopped, _lifecycle.Status);
            Assert.Null(_lifecycle.Fault);
        }
    }

    private async Task StartAtAsync(Gate gate)
    {
        await _lifecycle.StartAsync(context =>
        {
            context.NotifyReady();
            return gate.PassAsync();
        }).OrHang();
        await gate.Reached;
    }
}

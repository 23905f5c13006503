using Microsoft.Extensions.Time.Testing;

namespace LockFree.Tests;

/// <summary>
/// User code never runs while the library holds a lock: every callback uses its lifecycle, from its own thread and from another, and comes
/// back.
/// </summary>
public sealed class LifecycleReentrancyTests : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly CallingBackTimeProvider _time = new();
    private readonly Lifecycle _lifecycle;
    private readonly TaskCompletionSource _calledBack = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LifecycleReentrancyTests() => _lifecycle = new Lifecycle(_time) { GracePeriod = Grace };

    public ValueTask DisposeAsync() => _lifecycle.DisposeAsync();

    [Fact]
    public async Task TheWorker()
    {
        Assert.True(_lifecycle.TryStart(_ =>
        {
            CallBack();
            return Task.CompletedTask;
        }));

        await _calledBack.Task.OrHang();
    }

    [Fact]
    public async Task ACallbackOfStopping()
    {
        await StartAsync(async context =>
        {
            using var registration = context.Stopping.Register(CallBack);
            await _calledBack.Task;
        });

        Assert.Equal(StopReason.Cancelled, await _lifecycle.StopAsync().OrHang());
        await _calledBack.Task.OrHang();
    }

    [Fact]
    public async Task ACallbackOfStopping_ThatRunsInsideItsRegistration()
    {
        await StartAsync(async context =>
        {
            await context.Stopping.Cancelled();
            using var registration = context.Stopping.Register(CallBack);
        });

        Assert.Equal(StopReason.Cancelled, await _lifecycle.StopAsync().OrHang());
        await _calledBack.Task.OrHang();
    }

    [Theory]
    [InlineData(nameof(Lifecycle.Ready))]
    [InlineData(nameof(Lifecycle.Completion))]
    [InlineData(nameof(Lifecycle.StartAsync))]
    [InlineData(nameof(Lifecycle.StopAsync))]
    [InlineData(nameof(Lifecycle.WaitForStatusAsync))]
    public async Task AContinuationThatWantsToRunInline(string of)
    {
        var gate = new Gate();
        var start = StartAsync(_ => gate.PassAsync());
        Task task = of switch
        {
            nameof(Lifecycle.Ready) => _lifecycle.Ready,
            nameof(Lifecycle.Completion) => _lifecycle.Completion,
            nameof(Lifecycle.StartAsync) => start,
            nameof(Lifecycle.StopAsync) => _lifecycle.StopAsync(Timeout.InfiniteTimeSpan),
            _ => _lifecycle.WaitForStatusAsync(LifecycleStatus.Stopping),
        };
        _ = task.ContinueWith(_ => CallBack(), TaskContinuationOptions.ExecuteSynchronously);

        _lifecycle.RequestStop();
        gate.Open();

        await _calledBack.Task.OrHang();
    }

    [Fact]
    public async Task TheTimeProvider_WhenItMakesTheTimerOfAGracePeriod_AndWhenTheTimerIsDisposed()
    {
        var gate = new Gate();
        await StartAsync(_ => gate.PassAsync());
        var uses = 0;
        _time.OnTimer = () =>
        {
            UseTwice();
            uses++;
        };
        var disposed = _time.TimerDisposed;

        var stop = _lifecycle.StopAsync();
        gate.Open();

        Assert.Equal(StopReason.Cancelled, await stop.OrHang());
        await disposed.OrHang();
        Assert.Equal(2, uses);
    }

    private Task StartAsync(Func<LifecycleContext, Task> worker) => _lifecycle.StartAsync(context =>
    {
        context.NotifyReady();
        return worker(context);
    }).OrHang();

    private void CallBack()
    {
        try
        {
            UseTwice();
            _calledBack.TrySetResult();
        }
        catch (Exception exception)
        {
            _calledBack.TrySetException(exception);
        }
    }

    private void UseTwice()
    {
        Use();
        var thread = new Thread(Use);
        thread.Start();
        Assert.True(thread.Join(HangGuard.Limit), "The other thread hangs.");
    }

    // Whatever reads or changes the lifecycle and does not wait.
    private void Use()
    {
        _ = (_lifecycle.Status, _lifecycle.Ready, _lifecycle.Completion, _lifecycle.Fault);
        _ = _lifecycle.WaitForStatusAsync(LifecycleStatus.Faulted);
        _lifecycle.TryStart(_ => Task.CompletedTask);
        _lifecycle.RequestStop();
    }

    /// <summary>Calls back when a timer is made and when it is disposed.</summary>
    private sealed class CallingBackTimeProvider : FakeTimeProvider
    {
        private readonly TaskCompletionSource _timerDisposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Action? OnTimer { get; set; }

        public Task TimerDisposed => _timerDisposed.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            OnTimer?.Invoke();
            return new CallingBackTimer(this, base.CreateTimer(callback, state, dueTime, period));
        }

        private sealed class CallingBackTimer(CallingBackTimeProvider provider, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

            public void Dispose()
            {
                timer.Dispose();
                provider.OnTimer?.Invoke();
                provider._timerDisposed.TrySetResult();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}

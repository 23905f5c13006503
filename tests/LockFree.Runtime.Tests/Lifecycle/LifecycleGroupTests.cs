using Microsoft.Extensions.Time.Testing;

namespace LockFree.Tests;

public sealed class LifecycleGroupTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly TimerReportingTimeProvider _time = new();
    private readonly LifecycleGroup _group;
    private readonly List<string> _log = [];

    public LifecycleGroupTests() => _group = new LifecycleGroup(_time);

    [Fact]
    public async Task Members_StartInOrderEachWhenTheOneBeforeIsReady_AndStopInReverse()
    {
        var gate = new Gate();
        _group.Add("database", Obedient("database", beforeReady: gate.PassAsync));
        _group.Add("cache", Obedient("cache"));
        _group.Add("server", Obedient("server"));

        var start = _group.StartAsync();
        await gate.Reached;
        Assert.Equal(["database starts"], Log());
        gate.Open();
        await start.OrHang();
        Assert.Equal(LifecycleStatus.Running, _group.Status);
        var outcomes = await _group.StopAsync().OrHang();

        Assert.Equal(
            ["database starts", "cache starts", "server starts", "server stops", "cache stops", "database stops"],
            Log());
        Assert.Equal(["server", "cache", "database"], outcomes.Select(outcome => outcome.Name));
        Assert.All(outcomes, outcome => Assert.Equal(StopReason.Cancelled, outcome.Reason));
        Assert.Equal(LifecycleStatus.Stopped, _group.Status);
    }

    [Fact]
    public async Task Stop_OneThatFailsAndOneThatIsAbandoned_DoNotKeepTheRestFromStopping()
    {
        var stuck = new Gate();
        _group.Add("first", Obedient("first"));
        var abandoned = _group.Add("stuck", ReadyThen(_ => stuck.PassAsync()), Grace);
        _group.Add("failing", ReadyThen(async context =>
        {
            await context.Stopping.Cancelled();
            throw new InvalidDataException();
        }));
        _group.Add("last", Obedient("last"));
        await _group.StartAsync().OrHang();
        var timer = _time.WaitForTimerAsync(Grace);
        var stop = _group.StopAsync();

        // The deadline of a member begins with its own stop, not with the group's.
        await timer.OrHang();
        Assert.Equal(LifecycleStatus.Stopping, abandoned.Status);
        _time.Advance(Grace);
        var outcomes = await stop.OrHang();

        Assert.Equal(
            [("last", StopReason.Cancelled), ("failing", StopReason.Faulted), ("stuck", StopReason.Abandoned), ("first", StopReason.Cancelled)],
            outcomes.Select(outcome => (outcome.Name, outcome.Reason)));
        Assert.IsType<InvalidDataException>(outcomes[1].Fault);
        stuck.Open();
    }

    [Fact]
    public async Task Start_AMemberThatFails_UndoesTheStart()
    {
        var fault = new InvalidDataException();
        _group.Add("first", Obedient("first"));
        _group.Add("failing", _ => throw fault);
        _group.Add("never", Obedient("never"));

        Assert.Same(fault, await Assert.ThrowsAsync<InvalidDataException>(() => _group.StartAsync().OrHang()));

        Assert.Equal(["first starts", "first stops"], Log());
        Assert.Equal(LifecycleStatus.Faulted, _group.Status);
        var outcomes = await _group.StopAsync().OrHang();
        Assert.Equal([("failing", StopReason.Faulted), ("first", StopReason.Cancelled)], outcomes.Select(outcome => (outcome.Name, outcome.Reason)));
    }

    [Fact]
    public async Task Start_AMemberThatIsNotReadyInTime_UndoesTheStart()
    {
        var gate = new Gate();
        _group.Add("slow", async context =>
        {
            await gate.PassAsync();
            await context.Stopping.Cancelled();
        }, startTimeout: TimeSpan.FromSeconds(5));
        var start = _group.StartAsync();
        await gate.Reached;
        gate.Open();

        _time.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<TimeoutException>(() => start.OrHang());
        Assert.Equal(LifecycleStatus.Faulted, _group.Status);
    }

    [Fact]
    public async Task Stop_DuringTheStart_StopsWhatWasStarted_AndStartsNoMore()
    {
        var gate = new Gate();
        _group.Add("first", Obedient("first"));
        _group.Add("slow", Obedient("slow", beforeReady: gate.PassAsync));
        _group.Add("never", Obedient("never"));
        var start = _group.StartAsync();
        await gate.Reached;

        var stop = _group.StopAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start.OrHang());
        gate.Open();
        var outcomes = await stop.OrHang();

        Assert.Equal(["slow", "first"], outcomes.Select(outcome => outcome.Name));
        Assert.Equal(["first starts", "slow starts", "slow stops", "first stops"], Log());
    }

    [Fact]
    public async Task AMemberThatFailsLater_TouchesNoOther_AndTheGroupCanBeStartedAgain()
    {
        var gate = new Gate();
        _group.Add("first", Obedient("first"));
        var failing = _group.Add("failing", ReadyThen(async context =>
        {
            await gate.PassAsync(context.Stopping);
            throw new InvalidDataException();
        }));
        await _group.StartAsync().OrHang();
        gate.Open();

        Assert.Equal(StopReason.Faulted, await failing.Completion.OrHang());
        Assert.Equal(LifecycleStatus.Running, _group.Status);
        Assert.Equal(["first starts"], Log());
        await Assert.ThrowsAsync<InvalidOperationException>(() => _group.StartAsync().OrHang());
        await _group.StopAsync().OrHang();

        await _group.StartAsync().OrHang();
        Assert.Equal(LifecycleStatus.Running, _group.Status);
        await _group.DisposeAsync().OrHang();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _group.StartAsync().OrHang());
        Assert.Throws<ObjectDisposedException>(() => failing.TryStart(_ => Task.CompletedTask));
    }

    [Fact]
    public async Task Start_AMemberThatRunsAlone_FailsTheStart_AndIsLeftAlone()
    {
        _group.Add("first", Obedient("first"));
        var alone = _group.Add("alone", Obedient("alone"));
        await alone.StartAsync(ReadyThen(context => context.Stopping.Cancelled())).OrHang();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => _group.StartAsync().OrHang());

        Assert.Contains("'alone'", failure.Message);
        Assert.Same(failure, _group.Fault);
        Assert.Equal(LifecycleStatus.Running, alone.Status);
        Assert.Equal(["first starts", "first stops"], Log());
        await _group.DisposeAsync().OrHang();
        Assert.Equal(LifecycleStatus.Stopped, alone.Status);
    }

    [Fact]
    public async Task Stop_AMemberThatWasStartedAgainAlone_IsStoppedToo()
    {
        var restarted = _group.Add("restarted", Obedient("first run"));
        await _group.StartAsync().OrHang();
        await restarted.StopAsync().OrHang();
        await restarted.StartAsync(ReadyThen(async context =>
        {
            await context.Stopping.Cancelled();
            throw new InvalidDataException();
        })).OrHang();

        var outcome = Assert.Single(await _group.StopAsync().OrHang());

        Assert.Equal(StopReason.Faulted, outcome.Reason);
        Assert.IsType<InvalidDataException>(outcome.Fault);
    }

    [Fact]
    public async Task Dispose_DuringTheStart_EndsIt_AndNothingCanBeAddedAnyMore()
    {
        var gate = new Gate();
        var member = _group.Add("slow", Obedient("slow", beforeReady: gate.PassAsync));
        var start = _group.StartAsync();
        await gate.Reached;

        var disposal = _group.DisposeAsync().AsTask();
        Assert.Throws<ObjectDisposedException>(() => _group.Add("late", Obedient("late")));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start.OrHang());
        Assert.False(disposal.IsCompleted);
        gate.Open();

        await disposal.OrHang();
        await _group.DisposeAsync().OrHang();
        Assert.Throws<ObjectDisposedException>(() => member.TryStart(_ => Task.CompletedTask));
        Assert.Equal(["slow starts", "slow stops"], Log());
    }

    [Fact]
    public async Task Start_AMemberWhoseOwnFaultIsATimeout_FailsWithThat()
    {
        var fault = new TimeoutException("of the member's own making");
        _group.Add("failing", _ => throw fault, startTimeout: TimeSpan.FromHours(1));

        Assert.Same(fault, await Assert.ThrowsAsync<TimeoutException>(() => _group.StartAsync().OrHang()));
    }

    [Fact]
    public void Add_ANameTwice_IsRefused()
    {
        _group.Add("name", Obedient("name"));

        Assert.Throws<ArgumentException>(() => _group.Add("name", Obedient("name")));
        Assert.Throws<ArgumentOutOfRangeException>("startTimeout", () => _group.Add("other", Obedient("other"), startTimeout: TimeSpan.FromSeconds(-3)));
        Assert.Throws<ArgumentOutOfRangeException>("gracePeriod", () => _group.Add("other", Obedient("other"), gracePeriod: TimeSpan.FromSeconds(-3)));
    }

    [Fact]
    public async Task AnEmptyGroup_StartsAndStops()
    {
        await _group.StartAsync().OrHang();
        Assert.Empty(await _group.StopAsync().OrHang());
    }

    private static Func<LifecycleContext, Task> ReadyThen(Func<LifecycleContext, Task> worker) => context =>
    {
        context.NotifyReady();
        return worker(context);
    };

    private Func<LifecycleContext, Task> Obedient(string name, Func<CancellationToken, Task>? beforeReady = null) => async context =>
    {
        Write($"{name} starts");
        if (beforeReady is not null)
            await beforeReady(CancellationToken.None);

        context.NotifyReady();
        await context.Stopping.Cancelled();
        Write($"{name} stops");
    };

    private void Write(string line)
    {
        lock (_log)
            _log.Add(line);
    }

    private string[] Log()
    {
        lock (_log)
            return [.. _log];
    }

    /// <summary>Tells when the timer is set that a test wants to let run out.</summary>
    private sealed class TimerReportingTimeProvider : FakeTimeProvider
    {
        private readonly TaskCompletionSource _timerSet = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TimeSpan _reported;

        public Task WaitForTimerAsync(TimeSpan dueTime)
        {
            _reported = dueTime;
            return _timerSet.Task;
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == _reported)
                _timerSet.TrySetResult();

            return timer;
        }
    }
}

using Microsoft.Extensions.Time.Testing;

namespace LockFree.Tests;

/// <summary>A group waits for its members' workers; so a member's worker that waited for the group would wait for itself.</summary>
public sealed class LifecycleGroupSelfStopTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly LifecycleGroup _group;
    private readonly Gate _gate = new();
    private readonly List<string> _stopped = [];

    public LifecycleGroupSelfStopTests() => _group = new LifecycleGroup(_time);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AStop_Throws_AndTheGroupStopsAllTheSame(bool inATaskOfTheWorker)
    {
        AddObedient("first");
        var thrown = default(Exception);
        _group.Add("selfStopping", async context =>
        {
            context.NotifyReady();
            await _gate.PassAsync();
            Task Stop() => _group.StopAsync();
            thrown = await Record.ExceptionAsync(() => inATaskOfTheWorker ? Task.Run(Stop) : Stop());
            await context.Stopping.Cancelled();
        });
        AddObedient("last");
        await _group.StartAsync().OrHang();

        _gate.Open();

        Assert.Equal(StopReason.Cancelled, await _group.Completion.OrHang());
        Assert.IsType<InvalidOperationException>(thrown);
        Assert.Equal(["last", "first"], _stopped);
    }

    [Fact]
    public async Task ARequestToStop_StopsTheGroup()
    {
        AddObedient("first");
        _group.Add("selfStopping", async context =>
        {
            context.NotifyReady();
            _group.RequestStop();
            await context.Stopping.Cancelled();
        });
        await Record.ExceptionAsync(() => _group.StartAsync().OrHang());

        Assert.Equal(StopReason.Cancelled, await _group.Completion.OrHang());
        Assert.Equal(["first"], _stopped);
    }

    [Fact]
    public async Task ADisposal_DoesNotWait_AndStopsTheRestInReverse()
    {
        AddObedient("first");
        _group.Add("selfStopping", async context =>
        {
            context.NotifyReady();
            await _gate.PassAsync();
            await _group.DisposeAsync();
        });
        AddObedient("last");
        await _group.StartAsync().OrHang();

        _gate.Open();

        Assert.Equal(StopReason.Cancelled, await _group.Completion.OrHang());
        Assert.Equal(["last", "first"], _stopped);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _group.StartAsync().OrHang());
    }

    [Fact]
    public async Task AWorkerThatHasBeenAbandoned_IsNoMemberAnyMore_AndMayWaitForTheGroup()
    {
        var othersGate = new Gate();
        var slow = _group.Add("slow", async context =>
        {
            context.NotifyReady();
            await othersGate.PassAsync();
        }, Timeout.InfiniteTimeSpan);
        var outcomes = new TaskCompletionSource<IReadOnlyList<LifecycleOutcome>>();
        var abandoned = _group.Add("abandoned", async context =>
        {
            context.NotifyReady();
            await _gate.PassAsync();
            outcomes.SetResult(await _group.StopAsync());
        }, Grace);
        await _group.StartAsync().OrHang();
        _group.RequestStop();
        await abandoned.WaitForStatusAsync(LifecycleStatus.Stopping).OrHang();
        await abandoned.StopAsync(TimeSpan.Zero).OrHang();
        await slow.WaitForStatusAsync(LifecycleStatus.Stopping).OrHang();

        _gate.Open();
        othersGate.Open();

        Assert.Equal(
            [("abandoned", StopReason.Abandoned), ("slow", StopReason.Cancelled)],
            (await outcomes.Task.OrHang()).Select(outcome => (outcome.Name, outcome.Reason)));
    }

    [Fact]
    public async Task AMemberMayStopAnother()
    {
        var other = _group.Add("other", ReadyThenObey);
        var reason = default(StopReason?);
        _group.Add("stopper", async context =>
        {
            reason = await other.StopAsync();
            context.NotifyReady();
            await context.Stopping.Cancelled();
        });

        await _group.StartAsync().OrHang();

        Assert.Equal(StopReason.Cancelled, reason);
        Assert.Equal(LifecycleStatus.Running, _group.Status);
        await _group.DisposeAsync().OrHang();
    }

    private static Task ReadyThenObey(LifecycleContext context)
    {
        context.NotifyReady();
        return context.Stopping.Cancelled();
    }

    // Members stop one after the other, so the list has one writer at a time.
    private void AddObedient(string name) => _group.Add(name, async context =>
    {
        await ReadyThenObey(context);
        _stopped.Add(name);
    });
}

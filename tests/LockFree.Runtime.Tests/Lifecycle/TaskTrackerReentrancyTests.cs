namespace LockFree.Tests;

/// <summary>What tasks and callbacks of a tracker may do to it: everything, except to wait for themselves.</summary>
public sealed class TaskTrackerReentrancyTests
{
    private readonly TaskTracker _tracker = new();

    [Fact]
    public async Task AWorkMayUseItsTracker_FromItsOwnThreadAndFromAnother()
    {
        var started = 0;
        void Use()
        {
            Assert.True(_tracker.TryRun(_ =>
            {
                Interlocked.Increment(ref started);
                return Task.CompletedTask;
            }));
        }

        _tracker.TryRun(async _ =>
        {
            Use();
            var thread = new Thread(Use);
            thread.Start();
            Assert.True(thread.Join(HangGuard.Limit));
            await _tracker.DisposeAsync();
        });

        await _tracker.WaitAsync().OrHang();
        Assert.Null(_tracker.FirstFault);
        Assert.Equal(2, started);
    }

    [Fact]
    public async Task ATaskThatWaitsForItsOwnTracker_GetsAnException()
    {
        _tracker.TryRun(async _ => await Assert.ThrowsAsync<InvalidOperationException>(() => _tracker.WaitAsync()));
        _tracker.TryRun(_ => Task.Run(() => Assert.ThrowsAsync<InvalidOperationException>(() => _tracker.WaitAsync())));
        _tracker.Close();

        await _tracker.WaitAsync().OrHang();
        Assert.Null(_tracker.FirstFault);
    }

    [Fact]
    public async Task ATaskThatWaitsForItsOwnTracker_FromATaskOfAnother_GetsAnException()
    {
        var other = new TaskTracker();
        _tracker.TryRun(async _ =>
        {
            other.TryRun(async _ => await Assert.ThrowsAsync<InvalidOperationException>(() => _tracker.WaitAsync()));
            other.Close();
            await other.WaitAsync();
        });
        _tracker.Close();

        await _tracker.WaitAsync().OrHang();
        Assert.Null(_tracker.FirstFault);
        Assert.Null(other.FirstFault);
    }

    [Fact]
    public async Task TasksThatStartOneAnother_KeepNoneThatHasEnded()
    {
        const int Trackers = 20;
        var trackers = new WeakReference[Trackers];
        var last = new Gate();
        Start(0);

        await last.Reached;
        await Condition.BecomesTrueAsync(() =>
        {
            GC.Collect();
            return trackers.Count(tracker => tracker.IsAlive) <= 2;
        });
        last.Open();

        void Start(int number)
        {
            var tracker = new TaskTracker();
            trackers[number] = new WeakReference(tracker);
            tracker.TryRun(async _ =>
            {
                if (number > 0)
                    await Condition.BecomesTrueAsync(() => trackers[number - 1].Target is not TaskTracker { Count: > 0 });
                if (number + 1 < Trackers)
                    Start(number + 1);
                else
                    await last.PassAsync();
            });
        }
    }

    [Fact]
    public async Task WhatATaskHasStarted_MayWaitForTheTracker_OnceTheTaskHasEnded()
    {
        var leftBehind = new Gate();
        var drained = new TaskCompletionSource();
        _tracker.TryRun(token =>
        {
            _ = Task.Run(async () =>
            {
                await leftBehind.PassAsync();
                await Task.WhenAll(_tracker.DisposeAsync().AsTask(), _tracker.WaitAsync());
                drained.SetResult();
            });
            return Task.CompletedTask;
        });
        await leftBehind.Reached;
        await Condition.BecomesTrueAsync(() => _tracker.Count == 0);
        var other = new Gate();
        _tracker.TryRun(_ => other.PassAsync());
        leftBehind.Open();
        await Condition.BecomesTrueAsync(() => _tracker.IsClosed);
        Assert.False(drained.Task.IsCompleted);
        other.Open();

        await drained.Task.OrHang();
    }

    [Fact]
    public async Task ATaskMayWaitForAnotherTracker()
    {
        var other = new TaskTracker();
        other.Close();
        _tracker.TryRun(_ => other.WaitAsync());

        await DrainAsync();

        Assert.Null(_tracker.FirstFault);
    }

    [Fact]
    public async Task ACallbackOfTheToken_ThatUsesTheTrackerAndThrows_HarmsNobody()
    {
        var calledBack = new TaskCompletionSource();
        using var registration = _tracker.CancellationToken.Register(() =>
        {
            _tracker.Cancel();
            var thread = new Thread(_tracker.Close);
            thread.Start();
            Assert.True(thread.Join(HangGuard.Limit));
            calledBack.SetResult();
            throw new InvalidDataException("thrown by a callback, on purpose");
        });

        await _tracker.DisposeAsync().OrHang();

        await calledBack.Task.OrHang();
        Assert.Null(_tracker.FirstFault);
    }

    [Fact]
    public async Task AContinuationOfTheWait_ThatWantsToRunInline_MayUseTheTracker()
    {
        var refused = _tracker.WaitAsync().ContinueWith(
            _ => !_tracker.TryRun(_ => Task.CompletedTask),
            TaskContinuationOptions.ExecuteSynchronously);

        _tracker.Close();

        Assert.True(await refused.OrHang());
    }

    private Task DrainAsync()
    {
        _tracker.Close();
        return _tracker.WaitAsync().OrHang();
    }
}

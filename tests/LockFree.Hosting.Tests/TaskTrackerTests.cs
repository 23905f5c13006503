using LockFree.Hosting.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LockFree.Hosting.Tests;

public class TaskTrackerTests
{
    [Fact]
    public async Task TheHostWaitsForAcceptedTasksAndThenStopsWhatTheyNeed()
    {
        var working = new Gate();
        await using var host = await TestHost.StartedAsync(services => services
            .AddLifecycle("store", Workers.UntilStopped)
            .AddTaskTracker());
        var tracker = host.Services.GetRequiredService<TaskTracker>();
        Assert.True(tracker.TryRun(async _ =>
        {
            await working.PassAsync(CancellationToken.None);
            host.Events.Add($"done, store {host.Lifecycle("store").Status}");
        }));
        await working.Reached;

        var stopping = host.StopAsync();
        Assert.False(stopping.IsCompleted);
        working.Open();
        await stopping.OrHang();

        Assert.Equal(["done, store Running"], host.Events.All);
        Assert.False(tracker.TryRun(_ => Task.CompletedTask));
        Assert.Equal([1, 2, 20, 21, 3, 4], host.Log.Ids);
    }

    [Fact]
    public async Task WhatStopsBeforeTheTrackerCanStillHandOverItsLastTask()
    {
        await using var host = await TestHost.StartedAsync(services => services
            .AddTaskTracker()
            .AddLifecycle("producer", async (provider, context) =>
            {
                await Workers.UntilStopped(provider, context);
                provider.GetRequiredService<TaskTracker>().TryRun(_ =>
                {
                    provider.GetRequiredService<EventRecord>().Add("last task done");
                    return Task.CompletedTask;
                });
            }));

        await host.StopAsync().OrHang();

        Assert.Equal(["last task done"], host.Events.All);
    }

    [Fact]
    public async Task ATrackerThatClosesWhenStoppingRefusesThatTask()
    {
        await using var host = await TestHost.StartedAsync(services => services
            .AddTaskTracker(options => options.CloseWhenStopping = true)
            .AddLifecycle("producer", async (provider, context) =>
            {
                await Workers.UntilStopped(provider, context);
                var isAccepted = provider.GetRequiredService<TaskTracker>().TryRun(_ => Task.CompletedTask);
                provider.GetRequiredService<EventRecord>().Add($"accepted: {isAccepted}");
            }));

        await host.StopAsync().OrHang();

        Assert.Equal(["accepted: False"], host.Events.All);
    }

    [Fact]
    public async Task TasksThatOutlastTheShutdownTimeoutAreCancelledAbandonedAndTold()
    {
        var stuck = new Gate();
        var cancelled = new TaskCompletionSource();
        var host = await TestHost.StartedAsync(services => services.AddTaskTracker());
        host.Services.GetRequiredService<TaskTracker>().TryRun(async token =>
        {
            token.Register(cancelled.SetResult);
            await stuck.PassAsync(CancellationToken.None);
        });
        await stuck.Reached;

        using var timeout = new CancellationTokenSource();
        var stopping = host.StopAsync(timeout.Token);
        Assert.False(cancelled.Task.IsCompleted);
        timeout.Cancel();
        await stopping.OrHang();
        await cancelled.Task.OrHang();

        var told = host.Log.Single(22);
        Assert.Equal(LogLevel.Warning, told.Level);
        Assert.Equal("Tracked tasks did not end in time and were cancelled and abandoned: 1 left.", told.Message);
        Assert.Equal("Waiting for the tracked tasks to end: 1 left.", host.Log.Single(20).Message);

        // The container does not wait for the task either.
        await host.DisposeAsync();
        stuck.Open();
    }

    [Fact]
    public async Task TasksThatEndJustAsTheShutdownTimeoutDoesAreNotAbandoned()
    {
        // What is registered last is called first: the task ends before the drain's wait is cancelled.
        var working = new TaskCompletionSource();
        await using var host = new TestHost(services => services.AddTaskTracker());
        using var measured = new CollectedMeasurements(host.Services);
        await host.StartAsync().OrHang();
        var tracker = host.Services.GetRequiredService<TaskTracker>();
        tracker.TryRun(_ => working.Task);
        using var timeout = new CancellationTokenSource();
        var stopping = Assert.Single(host.Services.GetServices<IHostedService>()).StopAsync(timeout.Token);
        using var ending = timeout.Token.Register(() =>
        {
            working.SetResult();
            SpinWait.SpinUntil(() => tracker.Count == 0, TimeSpan.FromMinutes(1));
        });

        timeout.Cancel();
        await stopping.OrHang();

        Assert.Equal([20, 21], host.Log.Ids);
        Assert.Empty(measured.Of("lockfree.task_tracker.abandoned_tasks"));
    }

    [Fact]
    public async Task AfterTheGracePeriodTasksAreCancelledAndStillWaitedFor()
    {
        var begun = new Gate();
        var saving = new Gate();
        await using var host = await TestHost.StartedAsync(services =>
            services.AddTaskTracker(options => options.GracePeriod = TimeSpan.FromSeconds(10)));
        host.Services.GetRequiredService<TaskTracker>().TryRun(async token =>
        {
            try
            {
                await begun.PassAsync(token);
            }
            finally
            {
                await saving.PassAsync(CancellationToken.None);
            }
        });
        await begun.Reached;

        var stopping = host.StopAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        await saving.Reached;
        Assert.False(stopping.IsCompleted);

        saving.Open();
        await stopping.OrHang();
        Assert.Equal([20, 21], host.Log.Ids);
    }

    [Fact]
    public async Task TheFirstFaultIsToldWhenTheHostStops()
    {
        var fault = new InvalidOperationException("The mail cannot be sent.");
        await using var host = await TestHost.StartedAsync(services => services.AddTaskTracker());
        host.Services.GetRequiredService<TaskTracker>().TryRun(_ => Task.FromException(fault));

        await host.StopAsync().OrHang();

        Assert.Same(fault, host.Log.Single(23).Exception);
    }

    [Fact]
    public async Task TwoCallsAddOneTrackerAndOneDrain()
    {
        await using var host = await TestHost.StartedAsync(services => services
            .AddTaskTracker(options => options.GracePeriod = TimeSpan.FromSeconds(1))
            .AddTaskTracker(options => options.CloseWhenStopping = true));

        Assert.Single(host.Services.GetServices<TaskTracker>());
        Assert.Single(host.Services.GetServices<IHostedService>());
    }

    [Fact]
    public async Task ATrackerThatIsRegisteredAlreadyIsKeptAndDrained()
    {
        var own = new TaskTracker { CancelOnFault = true };
        await using var host = await TestHost.StartedAsync(services => services.AddSingleton(own).AddTaskTracker());

        Assert.Same(own, host.Services.GetRequiredService<TaskTracker>());
        await host.StopAsync().OrHang();
        Assert.True(own.IsClosed);
    }

    [Fact]
    public async Task WhenAnotherServiceFailsToStartTheTasksAreCancelledAndWaitedForBeforeTheHubGoes()
    {
        await using var host = new TestHost(services => services
            .AddTaskTracker()
            .AddHostedService<FailingService>()
            .AddClientHub());
        var hub = host.Services.GetRequiredService<ClientHub>();
        await hub.GetOrInitAsync(ClientKey.Global("store"), (_, _) => new ValueTask<RecordingClient>(new RecordingClient(host.Events)));
        var begun = new Gate();
        host.Services.GetRequiredService<TaskTracker>().TryRun(async token =>
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => begun.PassAsync(token));
            host.Events.Add("task ended");
        });
        await begun.Reached;

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync().OrHang());
        await host.DisposeAsync();

        Assert.Equal(["task ended", "client disposed"], host.Events.All);
    }
}

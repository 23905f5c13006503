using LockFree.Hosting.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LockFree.Hosting.Tests;

public class LifecycleStartTests
{
    [Fact]
    public async Task AServiceStartsWhenTheLifecycleBeforeItIsReady()
    {
        var preparing = new Gate();
        await using var host = new TestHost(services =>
        {
            services.AddLifecycle("first", async (provider, context) =>
            {
                await preparing.PassAsync();
                provider.GetRequiredService<EventRecord>().Add("first ready");
                await Workers.UntilStopped(provider, context);
            });
            services.AddLifecycle("second", (provider, context) =>
            {
                provider.GetRequiredService<EventRecord>().Add("second begun");
                return Workers.UntilStopped(provider, context);
            });
        });

        var starting = host.StartAsync();
        await preparing.Reached;
        Assert.False(starting.IsCompleted);
        Assert.Equal(LifecycleStatus.Starting, host.Lifecycle("first").Status);
        Assert.Equal(LifecycleStatus.Stopped, host.Lifecycle("second").Status);

        preparing.Open();
        await starting.OrHang();
        Assert.Equal(["first ready", "second begun"], host.Events.All);
        Assert.Equal(LifecycleStatus.Running, host.Lifecycle("second").Status);
    }

    [Fact]
    public async Task TheHostDoesNotWaitForReadinessWhereToldNotTo()
    {
        var preparing = new Gate();
        await using var host = await TestHost.StartedAsync(services => services.AddLifecycle(
            "slow",
            async (provider, context) =>
            {
                await preparing.PassAsync();
                await Workers.UntilStopped(provider, context);
            },
            options => options.WaitUntilReady = false));

        Assert.Equal(LifecycleStatus.Starting, host.Lifecycle("slow").Status);

        preparing.Open();
        await host.Lifecycle("slow").Ready.OrHang();
    }

    [Fact]
    public async Task AWorkerThatFailsBeforeItIsReadyFailsTheStart()
    {
        var fault = new InvalidOperationException("No database.");
        await using var host = new TestHost(services => services.AddLifecycle("store", (_, _) => Task.FromException(fault)));

        Assert.Same(fault, await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync().OrHang()));
        await host.DisposeAsync();

        Assert.Same(fault, host.Log.Single(7).Exception);
        Assert.DoesNotContain(8, host.Log.Ids);
    }

    [Fact]
    public async Task AStartThatIsGivenUpAsksTheWorkerToStop()
    {
        var asked = new TaskCompletionSource();
        await using var host = new TestHost(services => services.AddLifecycle("never ready", async (_, context) =>
        {
            await context.Stopping.Cancelled();
            asked.SetResult();
        }));
        using var giveUp = new CancellationTokenSource();

        var starting = host.StartAsync(giveUp.Token);
        await host.Lifecycle("never ready").WaitForStatusAsync(LifecycleStatus.Starting).OrHang();
        giveUp.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting.OrHang());
        await asked.Task.OrHang();
    }

    [Fact]
    public async Task WhenAnotherServiceFailsToStartTheContainerStopsTheWorkersBeforeItDisposesOfTheHub()
    {
        await using var host = new TestHost(services =>
        {
            services.AddLifecycle("consumer", async (provider, context) =>
            {
                // Asked for here, and so made after the worker has begun.
                var hub = provider.GetRequiredService<ClientHub>();
                var events = provider.GetRequiredService<EventRecord>();
                await hub.GetOrInitAsync(ClientKey.Global("store"), (_, _) => new ValueTask<RecordingClient>(new RecordingClient(events)));
                context.NotifyReady();
                await context.Stopping.Cancelled();
                events.Add("worker ended");
            });
            services.AddHostedService<FailingService>();
            services.AddClientHub();
        });

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync().OrHang());
        await host.DisposeAsync();

        Assert.Equal(["worker ended", "client disposed"], host.Events.All);
    }

    [Fact]
    public async Task ALifecycleThatSomebodyElseHasStartedFailsTheStart()
    {
        await using var host = new TestHost(services => services.AddLifecycle("taken", Workers.UntilStopped));
        host.Lifecycle("taken").TryStart(context => Workers.UntilStopped(host.Services, context));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync().OrHang());
        Assert.Contains("'taken'", failure.Message);
    }
}

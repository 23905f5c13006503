using LockFree.Hosting.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LockFree.Hosting.Tests;

public class LifecycleStopTests
{
    [Fact]
    public async Task LifecyclesStopInTheReverseOrderEachWhenTheOneAfterItHasEnded()
    {
        var draining = new Gate();
        await using var host = await TestHost.StartedAsync(services =>
        {
            services.AddLifecycle("store", async (provider, context) =>
            {
                await Workers.UntilStopped(provider, context);
                provider.GetRequiredService<EventRecord>().Add("store ended");
            });
            services.AddLifecycle("consumer", async (provider, context) =>
            {
                await Workers.UntilStopped(provider, context);
                await draining.PassAsync();
                provider.GetRequiredService<EventRecord>().Add("consumer ended");
            });
        });

        var stopping = host.StopAsync();
        await draining.Reached;
        Assert.False(stopping.IsCompleted);
        Assert.Equal(LifecycleStatus.Running, host.Lifecycle("store").Status);

        draining.Open();
        await stopping.OrHang();
        Assert.Equal(["consumer ended", "store ended"], host.Events.All);
        Assert.Equal(StopReason.Cancelled, await host.Lifecycle("store").Completion.OrHang());
    }

    [Fact]
    public async Task AWorkerThatOutlastsTheShutdownTimeoutIsAbandonedAndTold()
    {
        var stuck = new Gate();
        await using var host = await TestHost.StartedAsync(services =>
        {
            services.AddLifecycle("first", Workers.UntilStopped);
            services.AddLifecycle("stuck", Workers.Until(stuck));
        });
        using var timeout = new CancellationTokenSource();

        var stopping = host.StopAsync(timeout.Token);
        await host.Lifecycle("stuck").WaitForStatusAsync(LifecycleStatus.Stopping).OrHang();
        Assert.False(stopping.IsCompleted);
        timeout.Cancel();
        await stopping.OrHang();

        Assert.Equal(StopReason.Abandoned, await host.Lifecycle("stuck").Completion.OrHang());
        var told = Assert.Single(host.Log.Events, logged => logged.Id.Id == 6 && logged.Message.Contains("stuck"));
        Assert.Equal(LogLevel.Warning, told.Level);

        // What stops after it is still asked to, though no time is left for it.
        Assert.NotEqual(StopReason.NeverStarted, await host.Lifecycle("first").Completion.OrHang());

        // Nothing waits for the worker any more.
        await host.DisposeAsync();
        stuck.Open();
    }

    [Fact]
    public async Task TheTimeoutOfTheHostOptionsIsTheBound()
    {
        var stuck = new Gate();
        await using var host = await TestHost.StartedAsync(services =>
        {
            services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(1));
            services.AddLifecycle("stuck", Workers.Until(stuck));
        });

        await host.StopAsync().OrHang();

        Assert.Equal(StopReason.Abandoned, await host.Lifecycle("stuck").Completion.OrHang());
        stuck.Open();
    }

    [Fact]
    public async Task TheGracePeriodBoundsTheStopWithinTheShutdownTimeout()
    {
        var stuck = new Gate();
        await using var host = await TestHost.StartedAsync(services =>
            services.AddLifecycle("stuck", Workers.Until(stuck), options => options.GracePeriod = TimeSpan.FromSeconds(5)));

        var stopping = host.StopAsync();
        await host.Lifecycle("stuck").WaitForStatusAsync(LifecycleStatus.Stopping).OrHang();
        host.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(stopping.IsCompleted);
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        await stopping.OrHang();
        Assert.Contains(6, host.Log.Ids);
        stuck.Open();
    }

    [Fact]
    public async Task AWorkerThatHasFinishedLeavesTheHostRunning()
    {
        await using var host = await TestHost.StartedAsync(services => services.AddLifecycle("once", (_, _) => Task.CompletedTask));

        Assert.Equal(StopReason.Finished, await host.Lifecycle("once").Completion.OrHang());
        await host.StopOnlyServiceAsync();

        Assert.False(host.Application.ApplicationStopping.IsCancellationRequested);
        Assert.Equal([1, 2, 5], host.Log.Ids);
    }

    [Fact]
    public async Task AWorkerThatOthersHaveStoppedLeavesTheHostRunning()
    {
        await using var host = await TestHost.StartedAsync(services => services.AddLifecycle("worker", Workers.UntilStopped));

        Assert.Equal(StopReason.Cancelled, await host.Lifecycle("worker").StopAsync().OrHang());
        await host.StopOnlyServiceAsync();

        Assert.False(host.Application.ApplicationStopping.IsCancellationRequested);
        Assert.Equal([1, 2, 4], host.Log.Ids);
    }

    [Fact]
    public async Task AWorkerCanHaveItsHostStop()
    {
        var deciding = new Gate();
        await using var host = new TestHost(services => services.AddLifecycle("worker", async (provider, context) =>
        {
            context.NotifyReady();
            await deciding.PassAsync();
            provider.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            await context.Stopping.Cancelled();
        }));

        var running = host.RunAsync();
        await host.Application.ApplicationStarted.Cancelled();
        deciding.Open();

        await running.OrHang();
        Assert.Equal([1, 2, 3, 4], host.Log.Ids);
    }
}

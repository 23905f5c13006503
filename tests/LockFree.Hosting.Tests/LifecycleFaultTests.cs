using LockFree.Hosting.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LockFree.Hosting.Tests;

public class LifecycleFaultTests
{
    private readonly Exception _fault = new InvalidOperationException("The connection is gone.");

    [Fact]
    public async Task AFaultStopsTheHostAndComesOutOfItsRun()
    {
        var failing = new Gate();
        await using var host = new TestHost(services =>
        {
            services.AddLifecycle("healthy", Workers.UntilStopped);
            services.AddLifecycle("failing", Workers.Failing(failing, _fault));
        });

        var running = host.RunAsync();
        await host.Application.ApplicationStarted.Cancelled();
        failing.Open();

        Assert.Same(_fault, await Assert.ThrowsAsync<InvalidOperationException>(() => running.OrHang()));
        Assert.Same(_fault, host.Log.Single(7).Exception);
        Assert.Equal(LogLevel.Critical, host.Log.Single(8).Level);
        Assert.Contains(host.Log.Events, logged => logged.Id.Id == 4 && logged.Message.Contains("healthy"));
    }

    [Fact]
    public async Task AFaultWhileTheHostIsStillStartingEndsTheStart()
    {
        var failing = new Gate();
        await using var host = new TestHost(services =>
        {
            services.AddLifecycle("failing", Workers.Failing(failing, _fault));
            services.AddLifecycle("never ready", (_, context) => context.Stopping.Cancelled());
        });

        var starting = host.StartAsync();
        await host.Lifecycle("never ready").WaitForStatusAsync(LifecycleStatus.Starting).OrHang();
        failing.Open();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting.OrHang());
        Assert.Same(_fault, host.Log.Single(7).Exception);
        Assert.Contains(8, host.Log.Ids);
    }

    [Fact]
    public async Task AFaultThatIsToBeIgnoredIsToldAndTheHostGoesOn()
    {
        var failing = new Gate();
        await using var host = await TestHost.StartedAsync(services => services.AddLifecycle(
            "failing", Workers.Failing(failing, _fault), options => options.FaultBehavior = LifecycleFaultBehavior.Ignore));

        failing.Open();
        await host.Lifecycle("failing").Completion.OrHang();
        await host.StopOnlyServiceAsync();

        Assert.False(host.Application.ApplicationStopping.IsCancellationRequested);
        Assert.Same(_fault, host.Log.Single(7).Exception);
        Assert.DoesNotContain(8, host.Log.Ids);
    }

    [Fact]
    public async Task AFaultBeforeReadinessStopsAHostThatDidNotWaitForIt()
    {
        var failing = new Gate();
        await using var host = await TestHost.StartedAsync(services => services.AddLifecycle(
            "failing",
            async (_, _) =>
            {
                await failing.PassAsync();
                throw _fault;
            },
            options => options.WaitUntilReady = false));

        failing.Open();
        await host.Application.ApplicationStopping.Cancelled();
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.StopAsync().OrHang());
    }

    [Fact]
    public async Task AFaultDuringTheStopComesOutOfItAndTheOthersAreStoppedAllTheSame()
    {
        await using var host = await TestHost.StartedAsync(services =>
        {
            services.AddLifecycle("healthy", Workers.UntilStopped);
            services.AddLifecycle("failing", async (provider, context) =>
            {
                await Workers.UntilStopped(provider, context);
                throw _fault;
            });
        });

        Assert.Same(_fault, await Assert.ThrowsAsync<InvalidOperationException>(() => host.StopAsync().OrHang()));
        Assert.Equal(StopReason.Cancelled, await host.Lifecycle("healthy").Completion.OrHang());
        Assert.Contains(7, host.Log.Ids);
        Assert.DoesNotContain(8, host.Log.Ids);
    }
}

using System.Diagnostics.Metrics;
using LockFree.Hosting.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace LockFree.Hosting.Tests;

/// <summary>What the host does with its own run when somebody starts the lifecycle again by hand, and with theirs.</summary>
public class LifecycleRestartTests
{
    private readonly Exception _fault = new InvalidOperationException("The connection is gone.");

    [Theory]
    [InlineData("lockfree.lifecycle.stops")]
    [InlineData("lockfree.lifecycle.faults")]
    public async Task AFaultStopsTheHostThoughARestartOvertakesItsBeingTold(string measuredWhenTold)
    {
        var failing = new Gate();
        await using var host = new TestHost(services => services.AddLifecycle("worker", Workers.Failing(failing, _fault)));
        var lifecycle = host.Lifecycle("worker");
        using var restart = OnFirst(measuredWhenTold, host, () => Restart(host));

        var running = host.RunAsync();
        await host.Application.ApplicationStarted.Cancelled();
        failing.Open();

        Assert.Same(_fault, await Assert.ThrowsAsync<InvalidOperationException>(() => running.OrHang()));
        Assert.Equal([1, 2, 7, 8], host.Log.Ids);
        Assert.Equal(LifecycleStatus.Stopped, lifecycle.Status);
    }

    [Fact]
    public async Task AFaultComesOutOfTheHostThatARestartFindsStopping()
    {
        var failing = new Gate();
        await using var host = new TestHost(services => services.AddLifecycle("worker", Workers.Failing(failing, _fault)));
        using var restart = host.Application.ApplicationStopping.Register(() => Restart(host));

        var running = host.RunAsync();
        await host.Application.ApplicationStarted.Cancelled();
        failing.Open();

        Assert.Same(_fault, await Assert.ThrowsAsync<InvalidOperationException>(() => running.OrHang()));
    }

    [Fact]
    public async Task AFaultAtTheStartFailsItThoughARestartIsQuickerThanTheHost()
    {
        await using var host = new TestHost(services => services.AddLifecycle("worker", (_, _) => throw _fault));
        using var restart = OnFirst("lockfree.lifecycle.starts", host, () =>
        {
            SpinWait.SpinUntil(() => host.Lifecycle("worker").Status == LifecycleStatus.Faulted, TimeSpan.FromMinutes(1));
            Restart(host);
        });

        Assert.Same(_fault, await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync().OrHang()));
        Assert.Same(_fault, await Assert.ThrowsAsync<InvalidOperationException>(host.StopOnlyServiceAsync));
        Assert.Same(_fault, host.Log.Single(7).Exception);
    }

    [Fact]
    public async Task ARunThatOthersHaveStartedIsStoppedWithTheHostAndNotTold()
    {
        await using var host = new TestHost(services => services.AddLifecycle("worker", Workers.UntilStopped));
        using var measured = new CollectedMeasurements(host.Services);
        await host.StartAsync().OrHang();
        await host.Lifecycle("worker").StopAsync().OrHang();
        Restart(host);

        await host.StopAsync().OrHang();

        Assert.Equal(LifecycleStatus.Stopped, host.Lifecycle("worker").Status);
        Assert.Equal([1, 2, 4], host.Log.Ids);
        Assert.Single(measured.Of("lockfree.lifecycle.starts"));
        Assert.Single(measured.Of("lockfree.lifecycle.stops"));
        Assert.Empty(measured.Of("lockfree.lifecycle.stop.duration"));
    }

    [Fact]
    public async Task TheFaultOfARunThatOthersHaveStartedStaysTheirs()
    {
        await using var host = await TestHost.StartedAsync(services => services.AddLifecycle("worker", Workers.UntilStopped));
        await host.Lifecycle("worker").StopAsync().OrHang();
        await host.Lifecycle("worker").StartAsync(async context =>
        {
            await Workers.UntilStopped(host.Services, context);
            throw _fault;
        }).OrHang();

        await host.StopAsync().OrHang();

        Assert.Same(_fault, host.Lifecycle("worker").Fault);
        Assert.Equal([1, 2, 4], host.Log.Ids);
    }

    private static void Restart(TestHost host) =>
        Assert.True(host.Lifecycle("worker").TryStart(context => Workers.UntilStopped(host.Services, context)));

    /// <summary>Does something within the first measurement of an instrument, on the thread that measures.</summary>
    private static MeterListener OnFirst(string name, TestHost host, Action action)
    {
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        var isDone = 0;
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == name && ReferenceEquals(instrument.Meter.Scope, factory))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) =>
        {
            if (Interlocked.Exchange(ref isDone, 1) == 0)
                action();
        });
        listener.Start();
        return listener;
    }
}

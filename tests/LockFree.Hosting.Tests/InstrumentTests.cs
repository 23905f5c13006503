using LockFree.Hosting.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace LockFree.Hosting.Tests;

public class InstrumentTests
{
    [Fact]
    public async Task ALifecycleMeasuresItsStartReadinessAndStop()
    {
        var preparing = new Gate();
        var draining = new Gate();
        await using var host = new TestHost(services => services.AddLifecycle("worker", async (provider, context) =>
        {
            await preparing.PassAsync();
            await Workers.UntilStopped(provider, context);
            await draining.PassAsync();
        }));
        using var measured = new CollectedMeasurements(host.Services);

        var starting = host.StartAsync();
        await preparing.Reached;
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        preparing.Open();
        await starting.OrHang();
        var stopping = host.StopAsync();
        await draining.Reached;
        host.Clock.Advance(TimeSpan.FromSeconds(3));
        draining.Open();
        await stopping.OrHang();

        Assert.Equal(["1 {start} lockfree.lifecycle.name=worker"], measured.Of("lockfree.lifecycle.starts"));
        Assert.Equal(["2 s lockfree.lifecycle.name=worker"], measured.Of("lockfree.lifecycle.ready.duration"));
        Assert.Equal(
            ["1 {stop} lockfree.lifecycle.name=worker lockfree.lifecycle.stop.reason=cancelled"], measured.Of("lockfree.lifecycle.stops"));
        Assert.Equal(
            ["3 s lockfree.lifecycle.name=worker lockfree.lifecycle.stop.reason=cancelled"], measured.Of("lockfree.lifecycle.stop.duration"));
        Assert.Empty(measured.Of("lockfree.lifecycle.faults"));
    }

    [Fact]
    public async Task AFaultIsCountedByItsType()
    {
        var failing = new Gate();
        await using var host = new TestHost(services => services.AddLifecycle(
            "failing", Workers.Failing(failing, new TimeoutException()), options => options.FaultBehavior = LifecycleFaultBehavior.Ignore));
        using var measured = new CollectedMeasurements(host.Services);
        await host.StartAsync().OrHang();

        failing.Open();
        await host.Lifecycle("failing").Completion.OrHang();
        await host.StopAsync().OrHang();

        Assert.Equal(
            ["1 {fault} lockfree.lifecycle.name=failing error.type=System.TimeoutException"], measured.Of("lockfree.lifecycle.faults"));
        Assert.Equal(
            ["1 {stop} lockfree.lifecycle.name=failing lockfree.lifecycle.stop.reason=faulted"], measured.Of("lockfree.lifecycle.stops"));
    }

    [Fact]
    public async Task TheTrackerTellsItsTasksInFlightAndThoseItHadToAbandon()
    {
        var stuck = new Gate();
        await using var host = new TestHost(services => services.AddTaskTracker());
        using var measured = new CollectedMeasurements(host.Services);
        await host.StartAsync().OrHang();
        host.Services.GetRequiredService<TaskTracker>().TryRun(_ => stuck.PassAsync(CancellationToken.None));
        await stuck.Reached;

        measured.Observe();
        Assert.Equal(["1 {task}"], measured.Of("lockfree.task_tracker.active_tasks"));

        await host.StopAsync(new CancellationToken(canceled: true)).OrHang();
        Assert.Equal(["1 {task}"], measured.Of("lockfree.task_tracker.abandoned_tasks"));
        stuck.Open();
    }

    [Fact]
    public async Task TheHubTellsItsClientsByState()
    {
        await using var host = new TestHost(services => services.AddClientHub((_, hub) =>
        {
            hub.Register(ClientKey.Global("one"), "one");
            hub.Register(ClientKey.Global("two"), "two");
            hub.Slot<string>(ClientKey.Global("three"));
        }));
        using var measured = new CollectedMeasurements(host.Services);
        _ = host.Services.GetRequiredService<ClientHub>();

        measured.Observe();

        Assert.Equal(
            ["1 {client} lockfree.client.state=missing", "2 {client} lockfree.client.state=registered"],
            measured.Of("lockfree.client_hub.clients").Order());
    }

    [Fact]
    public async Task WithoutAMeterFactoryTheServicesStillWork()
    {
        var services = new ServiceCollection();
        services.AddClientHub();
        await using var provider = services.BuildServiceProvider();

        Assert.NotNull(provider.GetRequiredService<ClientHub>());
    }
}

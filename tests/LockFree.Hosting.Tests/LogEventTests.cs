using LockFree.Hosting.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace LockFree.Hosting.Tests;

public class LogEventTests
{
    [Fact]
    public async Task ARunIsToldFromStartToEndInOrder()
    {
        await using var host = await TestHost.StartedAsync(services => services.AddLifecycle("worker", Workers.UntilStopped));
        await host.StopAsync().OrHang();

        Assert.Equal(
            ["1 LifecycleStarting Debug", "2 LifecycleReady Information", "3 LifecycleStopping Debug", "4 LifecycleStopped Information"],
            host.Log.Events.Select(logged => $"{logged.Id.Id} {logged.Id.Name} {logged.Level}"));
        Assert.All(host.Log.Events, logged => Assert.Equal("LockFree.Lifecycle", logged.Category));
        Assert.All(host.Log.Events, logged => Assert.Contains("worker", logged.Message));
    }

    [Fact]
    public async Task TheTrackerHasACategoryOfItsOwn()
    {
        await using var host = await TestHost.StartedAsync(services => services.AddTaskTracker());
        await host.StopAsync().OrHang();

        Assert.Equal("LockFree.TaskTracker", host.Log.Single(21).Category);
    }
}

using LockFree.Hosting.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LockFree.Hosting.Tests;

public class LifecycleHealthCheckTests
{
    [Fact]
    public async Task AHostIsReadyWhileEveryLifecycleIsRunning()
    {
        var preparing = new Gate();
        await using var host = await TestHost.StartedAsync(services => services
            .AddLifecycle("quick", Workers.UntilStopped)
            .AddLifecycle(
                "slow",
                async (provider, context) =>
                {
                    await preparing.PassAsync();
                    await Workers.UntilStopped(provider, context);
                },
                options => options.WaitUntilReady = false)
            .AddHealthChecks().AddCheck<LifecycleHealthCheck>("ready"));

        var starting = await CheckAsync(host);
        Assert.Equal(HealthStatus.Unhealthy, starting.Status);
        Assert.Equal("Not ready: slow (Starting).", starting.Description);
        Assert.Equal("Running", starting.Data["quick"]);

        preparing.Open();
        await host.Lifecycle("slow").Ready.OrHang();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);

        await host.Lifecycle("quick").StopAsync().OrHang();
        var stopped = await CheckAsync(host);
        Assert.Equal("Not ready: quick (Stopped).", stopped.Description);
    }

    [Fact]
    public async Task AFaultIsReportedWithItsException()
    {
        var failing = new Gate();
        var fault = new InvalidOperationException("The connection is gone.");
        await using var host = await TestHost.StartedAsync(services => services
            .AddLifecycle("failing", Workers.Failing(failing, fault), options => options.FaultBehavior = LifecycleFaultBehavior.Ignore)
            .AddHealthChecks().AddCheck<LifecycleHealthCheck>("ready", HealthStatus.Degraded));

        failing.Open();
        await host.Lifecycle("failing").Completion.OrHang();

        var report = await CheckAsync(host);
        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Same(fault, report.Exception);
    }

    [Fact]
    public async Task WorkThatIsDoneDoesNotMakeAHostUnready()
    {
        await using var host = await TestHost.StartedAsync(services => services
            .AddLifecycle("once", (_, _) => Task.CompletedTask)
            .AddHealthChecks().AddCheck<LifecycleHealthCheck>("ready"));
        await host.Lifecycle("once").Completion.OrHang();

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task AHostThatHasBeenToldToStopIsNotReadyAnyMore()
    {
        await using var host = await TestHost.StartedAsync(services => services
            .AddLifecycle("worker", Workers.UntilStopped)
            .AddHealthChecks().AddCheck<LifecycleHealthCheck>("ready"));

        host.Application.StopApplication();

        var report = await CheckAsync(host);
        Assert.Equal(HealthStatus.Unhealthy, report.Status);
        Assert.Equal("The host is stopping.", report.Description);
        Assert.Equal("Running", report.Data["worker"]);
    }

    private static async Task<HealthReportEntry> CheckAsync(TestHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["ready"];
}

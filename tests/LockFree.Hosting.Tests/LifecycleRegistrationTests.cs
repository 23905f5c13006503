using LockFree.Hosting.Tests.Hosts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LockFree.Hosting.Tests;

public class LifecycleRegistrationTests
{
    [Fact]
    public void ANameCanBeTakenOnce()
    {
        var services = new ServiceCollection();
        services.AddLifecycle("worker", Workers.UntilStopped);

        var refused = Assert.Throws<ArgumentException>("name", () => services.AddLifecycle("worker", Workers.UntilStopped));
        Assert.StartsWith("There is a lifecycle 'worker' already. Add it once, or give the other one a name of its own", refused.Message);
        Assert.Throws<ArgumentException>("name", () => services.AddLifecycle<CountingWorker>("worker"));
        services.AddLifecycle("Worker", Workers.UntilStopped);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void ANameIsNotBlank(string name) =>
        Assert.Throws<ArgumentException>("name", () => new ServiceCollection().AddLifecycle(name, Workers.UntilStopped));

    [Fact]
    public async Task AWorkerIsASingletonOfTheContainerAlsoUnderTwoNames()
    {
        await using var host = await TestHost.StartedAsync(services =>
            services.AddLifecycle<CountingWorker>("one").AddLifecycle<CountingWorker>("two"));

        Assert.Equal(2, host.Services.GetRequiredService<CountingWorker>().Runs);
    }

    [Fact]
    public async Task AWorkerThatIsRegisteredAlreadyIsUsed()
    {
        var own = new CountingWorker();
        await using var host = await TestHost.StartedAsync(services => services.AddSingleton(own).AddLifecycle<CountingWorker>("one"));

        Assert.Equal(1, own.Runs);
    }

    [Fact]
    public async Task EachNameHasItsOwnOptions()
    {
        await using var host = new TestHost(services =>
        {
            services.AddLifecycle("short", Workers.UntilStopped, options => options.GracePeriod = TimeSpan.FromSeconds(3));
            services.AddLifecycle("long", Workers.UntilStopped);
        });

        Assert.Equal(TimeSpan.FromSeconds(3), host.Lifecycle("short").GracePeriod);
        Assert.Equal(TimeSpan.FromSeconds(30), host.Lifecycle("long").GracePeriod);
    }

    [Fact]
    public async Task OptionsCanComeFromTheConfiguration()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("worker:GracePeriod", (string?)"00:00:07")])
            .Build();
        await using var host = new TestHost(services => services
            .AddLifecycle("worker", Workers.UntilStopped)
            .Configure<LifecycleOptions>("worker", configuration.GetSection("worker")));

        Assert.Equal(TimeSpan.FromSeconds(7), host.Lifecycle("worker").GracePeriod);
    }

    [Fact]
    public void ADurationThatIsNoneIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("GracePeriod", () => new LifecycleOptions { GracePeriod = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>("GracePeriod", () => new TaskTrackerOptions { GracePeriod = TimeSpan.MaxValue });
        Assert.Equal(Timeout.InfiniteTimeSpan, new LifecycleOptions { GracePeriod = Timeout.InfiniteTimeSpan }.GracePeriod);
    }

    [Fact]
    public async Task ADurationThatIsRefusedIsToldWithTheLifecycleItWasMeantFor()
    {
        await using var host = new TestHost(services => services
            .AddLifecycle("prices", Workers.UntilStopped)
            .AddLifecycle("orders", Workers.UntilStopped, options => options.GracePeriod = TimeSpan.FromDays(50)));

        var refused = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => host.StartAsync().OrHang());

        Assert.StartsWith("The options of the lifecycle 'orders' cannot be used. Expected zero or more, at most 49 days, or infinite.", refused.Message);
        Assert.Equal("GracePeriod", Assert.IsType<ArgumentOutOfRangeException>(refused.InnerException).ParamName);
    }

    private sealed class CountingWorker : ILifecycleWorker
    {
        private int _runs;

        public int Runs => _runs;

        public Task RunAsync(LifecycleContext context)
        {
            Interlocked.Increment(ref _runs);
            context.NotifyReady();
            return context.Stopping.Cancelled();
        }
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace LockFree.Hosting.Tests.Hosts;

/// <summary>A generic host with the services of a test, a clock that moves when told, and a log that can be read.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly IHost _host;

    public TestHost(Action<IServiceCollection> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(Log);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(Events);
        configure(builder.Services);
        _host = builder.Build();
    }

    public FakeTimeProvider Clock { get; } = new();

    public CollectingLogger Log { get; } = new();

    /// <summary>What the services of the test say that they did, in order.</summary>
    public EventRecord Events { get; } = new();

    public IServiceProvider Services => _host.Services;

    public IHostApplicationLifetime Application => Services.GetRequiredService<IHostApplicationLifetime>();

    public static async Task<TestHost> StartedAsync(Action<IServiceCollection> configure)
    {
        var host = new TestHost(configure);
        await host.StartAsync().OrHang();
        return host;
    }

    public Lifecycle Lifecycle(string name) => Services.GetRequiredKeyedService<Lifecycle>(name);

    public Task StartAsync(CancellationToken cancellationToken = default) => _host.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    public Task RunAsync() => _host.RunAsync();

    /// <summary>
    /// Stops the only service, as the host would, but leaves the host running: completes when whatever the service had to do about the
    /// end of its work is done.
    /// </summary>
    public Task StopOnlyServiceAsync() => Services.GetServices<IHostedService>().Single().StopAsync(CancellationToken.None).OrHang();

    public async ValueTask DisposeAsync() => await ((IAsyncDisposable)_host).DisposeAsync().OrHang();
}

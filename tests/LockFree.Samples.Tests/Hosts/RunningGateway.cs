extern alias migrated;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LockFree.Samples.Tests.Hosts;

/// <summary>A gateway that listens on a socket of this machine, driven by a clock of the test.</summary>
public sealed class RunningGateway : IAsyncDisposable
{
    /// <summary>The window of duplicates and quotas, and the time between two refreshes.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    /// <summary>How often the legacy gateway looks whether its refresher has stopped.</summary>
    public static readonly TimeSpan LegacyStopPoll = TimeSpan.FromMilliseconds(50);

    /// <summary>Ends a test that would hang; nothing is measured by it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _application;
    private Task? _stopped;

    private RunningGateway(WebApplication application, ObservedClock clock, LiveConfiguration configuration, ObservedPipeline pipeline)
    {
        _application = application;
        Endpoints = [.. application.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            BaseAddress = new Uri(application.Urls.Single()),
        };
        Clock = clock;
        Configuration = configuration;
        Pipeline = pipeline;
    }

    /// <summary>What the gateway answers to.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints { get; }

    /// <summary>Talks to the gateway over TCP.</summary>
    public HttpClient Http { get; }

    /// <summary>The gateway's only clock.</summary>
    public ObservedClock Clock { get; }

    /// <summary>Changes the gateway's configuration while it runs.</summary>
    public LiveConfiguration Configuration { get; }

    /// <summary>Tells of requests that wait inside the gateway.</summary>
    public ObservedPipeline Pipeline { get; }

    /// <summary>Starts a gateway and returns when its first refresh is done.</summary>
    public static async Task<RunningGateway> StartAsync(GatewayVersion version, params (string Key, string Value)[] settings)
    {
        var clock = new ObservedClock();
        var pipeline = new ObservedPipeline();
        var configuration = new LiveConfiguration();
        configuration.Set("Gateway:RefreshInterval", Window.ToString());
        foreach (var (key, value) in settings)
            configuration.Set(key, value);

        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = SamplesFolder.PathOf(version == GatewayVersion.Legacy ? "LegacyGateway" : "Gateway"),
            EnvironmentName = "Production",
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.Sources.Add(configuration);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<IStartupFilter>(pipeline);
        var application = Build(version, builder);
        await application.StartAsync();
        await clock.DelayBegunAsync(Window).WaitAsync(Patience);
        return new RunningGateway(application, clock, configuration, pipeline);
    }

    /// <summary>Lets a window pass and returns when the refresh at its end is done.</summary>
    public async Task NextWindowAsync()
    {
        Clock.Advance(Window);
        await Clock.DelayBegunAsync(Window).WaitAsync(Patience);
    }

    /// <summary>Asks the gateway to stop; it goes on until its work in flight is done. Completes when it has stopped.</summary>
    public Task RequestStop() => _stopped ??= _application.StopAsync();

    /// <summary>Stops the gateway, moving the clock wherever it waits for time to pass before it can.</summary>
    public async Task StopAsync()
    {
        var stopped = RequestStop();
        while (!stopped.IsCompleted)
        {
            Clock.Advance(Window);
            await Task.WhenAny(stopped, Clock.DelayBegunAsync(LegacyStopPoll));
        }

        await stopped;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
        await _application.DisposeAsync();
    }

    /// <summary>What the program of that version does.</summary>
    private static WebApplication Build(GatewayVersion version, WebApplicationBuilder builder)
    {
        WebApplication application;
        switch (version)
        {
            case GatewayVersion.Legacy:
                LegacyGateway.GatewayServices.AddGateway(builder.Services, builder.Configuration);
                application = builder.Build();
                LegacyGateway.GatewayServices.MapGateway(application);
                break;
            case GatewayVersion.Migrated:
                migrated::Gateway.GatewayServices.AddGateway(builder.Services, builder.Configuration);
                application = builder.Build();
                migrated::Gateway.GatewayServices.MapGateway(application);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(version));
        }

        return application;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using LockFree.Hosting.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LockFree.Hosting.Tests.Documentation;

/// <summary>The tables of docs/runtime/hosting.md name what the package logs and measures, and its server does what it says.</summary>
public sealed partial class HostingPageTests
{
    private static readonly string Root = typeof(HostingPageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    private static readonly string Page = File.ReadAllText(Path.Combine(Root, "docs/runtime/hosting.md")).ReplaceLineEndings("\n");

    [Fact]
    public void TheTableOfEventsIsWhatIsLogged()
    {
        var logged = typeof(LifecycleOptions).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => (method.Name, Event: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(method => method.Event is not null)
            .OrderBy(method => method.Event!.EventId)
            .Select(method => $"{method.Event!.EventId} `{method.Name}` {method.Event.Level}");

        Assert.Equal(logged, EventRow().Matches(Page).Select(row => $"{row.Groups["id"]} {row.Groups["name"]} {row.Groups["level"]}"));
    }

    [Fact]
    public async Task TheTableOfInstrumentsIsWhatIsMeasured()
    {
        var instruments = new ConcurrentQueue<string>();
        await using var host = new TestHost(services => services.AddTaskTracker().AddClientHub());
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory) && instrument.Meter.Name == "LockFree")
                instruments.Enqueue($"`{instrument.Name}` {instrument.GetType().Name.Split('`')[0]} `{instrument.Unit}`");
        };
        listener.Start();
        await host.StartAsync().OrHang();

        var documented = InstrumentRow().Matches(Page).Select(row => $"{row.Groups["name"]} {row.Groups["kind"]} {row.Groups["unit"]}");
        Assert.Equal(instruments.Order(), documented.Order());
    }

    [Fact]
    public async Task TheServerOfThePageAnswersWhatItHasAccepted()
    {
        var answering = new Gate();
        var listener = new OneRequest(answering);
        await using var host = await TestHost.StartedAsync(services =>
        {
            services.AddSingleton<IListener>(listener);
            Registrations.AddServer(services);
        });
        await answering.Reached;

        var stopping = host.StopAsync();
        await host.Lifecycle("server").Completion.OrHang();
        Assert.False(stopping.IsCompleted);
        answering.Open();
        await stopping.OrHang();

        Assert.True(listener.IsAnswered);
    }

    [GeneratedRegex(@"^\| (?<id>\d+) \| (?<name>`\w+`) \| (?<level>\w+) \|", RegexOptions.Multiline)]
    private static partial Regex EventRow();

    [GeneratedRegex(@"^\| (?<name>`lockfree\.[\w.]+`) \| (?<kind>\w+) \| (?<unit>`[^`]+`) \|", RegexOptions.Multiline)]
    private static partial Regex InstrumentRow();

    /// <summary>Brings one request, and then none.</summary>
    private sealed class OneRequest(Gate answering) : IListener, IRequest
    {
        private readonly Channel<IRequest> _requests = Channel.CreateUnbounded<IRequest>();

        public bool IsAnswered { get; private set; }

        public Task OpenAsync(CancellationToken cancellationToken) => _requests.Writer.WriteAsync(this, cancellationToken).AsTask();

        public IAsyncEnumerable<IRequest> AcceptAsync(CancellationToken cancellationToken) => _requests.Reader.ReadAllAsync(cancellationToken);

        public async Task AnswerAsync(CancellationToken cancellationToken)
        {
            await answering.PassAsync(cancellationToken);
            IsAnswered = true;
        }

        public Task RefuseAsync() => throw new InvalidOperationException("The tracker is open while the server runs.");
    }
}

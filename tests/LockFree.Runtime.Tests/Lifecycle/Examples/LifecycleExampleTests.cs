using System.Threading.Channels;

namespace LockFree.Tests.Examples;

/// <summary>The examples of docs/runtime/lifecycle.md do what the document says.</summary>
public sealed class LifecycleExampleTests
{
    private readonly ChannelConnections _connections = new();
    private readonly List<string> _handled = [];

    [Fact]
    public async Task TheServerBefore_Stops_ByThrowing()
    {
        var server = new LockedServer(() => _connections, HandleAsync);
        server.Start();
        await server.WaitUntilRunningAsync().OrHang();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.StopAsync().OrHang());
    }

    [Fact]
    public async Task TheServerAfter_ServesUntilItIsStopped_AndCanBeStartedAgain()
    {
        await using var server = new Server(() => _connections, HandleAsync);
        for (var round = 1; round <= 2; round++)
        {
            await server.StartAsync().OrHang();
            await _connections.OfferAsync($"request {round}").OrHang();

            Assert.Equal(StopReason.Cancelled, await server.StopAsync().OrHang());
        }

        Assert.Equal(["request 1", "request 2"], _handled);
    }

    [Fact]
    public async Task TheTrackingServer_LetsItsRequestsEnd()
    {
        var gate = new Gate();
        var server = new TrackingServer(() => _connections, (request, _) => gate.PassAsync());
        await using var lifecycle = new Lifecycle();
        await lifecycle.StartAsync(server.ServeAsync).OrHang();
        _ = _connections.OfferAsync("slow");
        await gate.Reached;

        var stop = lifecycle.StopAsync();
        Assert.False(stop.IsCompleted);
        gate.Open();

        Assert.Equal(StopReason.Cancelled, await stop.OrHang());
    }

    [Fact]
    public async Task TheApplication_StopsItsPartsInReverse()
    {
        static async Task Obey(LifecycleContext context)
        {
            context.NotifyReady();
            await context.Stopping.Cancelled();
        }

        var serverStarted = new TaskCompletionSource();
        var log = new StringWriter { NewLine = "\n" };
        using var shutdown = new CancellationTokenSource();
        var run = new Application(
            Obey,
            context =>
            {
                serverStarted.SetResult();
                return Obey(context);
            },
            log).RunAsync(shutdown.Token);
        await serverStarted.Task.OrHang();
        shutdown.Cancel();

        await run.OrHang();

        Assert.Equal("server: Cancelled \nstore: Cancelled \n", log.ToString());
    }

    private async Task HandleAsync(string request)
    {
        await Task.Yield();
        _handled.Add(request);
        _connections.Handled();
    }

    private sealed class ChannelConnections : IConnections
    {
        private readonly Channel<string> _channel = Channel.CreateUnbounded<string>();
        private TaskCompletionSource _handled = new();

        /// <summary>Completes when the request has been accepted and, by a server that says so, handled.</summary>
        public Task OfferAsync(string request)
        {
            _handled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Assert.True(_channel.Writer.TryWrite(request));
            return _handled.Task;
        }

        public void Handled() => _handled.TrySetResult();

        public async Task<string> AcceptAsync(CancellationToken cancellationToken) => await _channel.Reader.ReadAsync(cancellationToken);

        public void Dispose()
        {
        }
    }
}

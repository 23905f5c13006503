using System.Net;
using LockFree.Samples.Tests.Hosts;
using LockFree.Samples.Tests.Scripts;

namespace LockFree.Samples.Tests;

/// <summary>A gateway that stops finishes what it has begun, and takes nothing new.</summary>
public class ShutdownTests
{
    private static readonly TimeSpan OrderLatency = TimeSpan.FromSeconds(7);

    [Theory]
    [InlineData(GatewayVersion.Legacy)]
    [InlineData(GatewayVersion.Migrated)]
    public async Task RequestsInFlightAreAnsweredBeforeTheGatewayStops(GatewayVersion version)
    {
        await using var gateway = await RunningGateway.StartAsync(version, ("Simulation:OrderLatency", OrderLatency.ToString()));
        var inFlight = gateway.Http.SendAllAtOnceAsync(
            Enumerable.Range(0, 20).Select(i => Step.Dispatch("buy", $"request-{i}", HttpStatusCode.OK)));
        for (var i = 0; i < 20; i++)
            await gateway.Clock.DelayBegunAsync(OrderLatency);

        var stopped = gateway.RequestStop();
        Assert.False(inFlight.IsCompleted);
        Assert.False(stopped.IsCompleted);

        gateway.Clock.Advance(OrderLatency);
        Assert.All(await inFlight, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        await gateway.StopAsync();
        await stopped;
    }

    [Theory]
    [InlineData(GatewayVersion.Legacy)]
    [InlineData(GatewayVersion.Migrated)]
    public async Task AStoppedGatewayTakesNoRequests(GatewayVersion version)
    {
        await using var gateway = await RunningGateway.StartAsync(version);
        await gateway.StopAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => gateway.Http.SendAsync(Step.Get("/routes")));
    }

    [Theory]
    [InlineData(GatewayVersion.Legacy)]
    [InlineData(GatewayVersion.Migrated)]
    public async Task AStoppedGatewayRefreshesNoMore(GatewayVersion version)
    {
        await using var gateway = await RunningGateway.StartAsync(version);
        Assert.Equal(1, gateway.Clock.DelaysPending(RunningGateway.Window));

        await gateway.StopAsync();
        Assert.Equal(0, gateway.Clock.DelaysPending(RunningGateway.Window));
    }
}

using System.Net;
using LockFree.Samples.Tests.Hosts;
using LockFree.Samples.Tests.Scripts;

namespace LockFree.Samples.Tests;

/// <summary>Where the gateways do differ: the defects for which the checklist exists.</summary>
public class WhatTheMigrationMendsTests
{
    private static readonly TimeSpan RouteSourceLatency = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task TheLegacyReloadLosesItsLockWhenTheSourceReallyIsAsynchronous()
    {
        // Monitor.Exit runs on the thread that brought the routes, which never entered (LF3002).
        Assert.Equal(HttpStatusCode.InternalServerError, await ReloadFromSlowSourceAsync(GatewayVersion.Legacy));
        Assert.Equal(HttpStatusCode.OK, await ReloadFromSlowSourceAsync(GatewayVersion.Migrated));
    }

    [Fact]
    public async Task TheLegacyGatewaySleepsThroughTheRequestToStop()
    {
        await using var legacy = await RunningGateway.StartAsync(GatewayVersion.Legacy);
        var legacyStopped = legacy.RequestStop();
        await legacy.Clock.DelayBegunAsync(RunningGateway.LegacyStopPoll);
        Assert.False(legacyStopped.IsCompleted);

        // No time has to pass for the migrated one: its refresher is woken by the token.
        await using var migrated = await RunningGateway.StartAsync(GatewayVersion.Migrated);
        await migrated.RequestStop();
    }

    private static async Task<HttpStatusCode> ReloadFromSlowSourceAsync(GatewayVersion version)
    {
        await using var gateway = await RunningGateway.StartAsync(version);
        gateway.Configuration.Change("Simulation:RouteSourceLatency", RouteSourceLatency.ToString());
        var reload = gateway.Http.SendAsync(Step.Post("/routes/reload", null, HttpStatusCode.OK));
        await gateway.Clock.DelayBegunAsync(RouteSourceLatency);
        await gateway.Pipeline.RequestSuspendedAsync();

        // A thread of its own: on one of the pool's the reload could happen to go on where it began.
        var time = new Thread(() => gateway.Clock.Advance(RouteSourceLatency));
        time.Start();
        time.Join();
        return (await reload).Status;
    }
}

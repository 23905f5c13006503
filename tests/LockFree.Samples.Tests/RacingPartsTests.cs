using LockFree.Samples.Tests.Hosts;
using LockFree.Samples.Tests.Parts;

namespace LockFree.Samples.Tests;

/// <summary>What one lock made one step is one step without it.</summary>
public class RacingPartsTests
{
    private const int Rounds = 100_000;

    private static readonly string[] Names = [.. Enumerable.Range(0, Rounds).Select(round => $"name-{round}")];

    [Theory]
    [InlineData(GatewayVersion.Legacy)]
    [InlineData(GatewayVersion.Migrated)]
    public void ARequestBeginsOnce(GatewayVersion version) => AssertOneWinner(version, (parts, name) => parts.TryBeginRequest(name));

    [Theory]
    [InlineData(GatewayVersion.Legacy)]
    [InlineData(GatewayVersion.Migrated)]
    public void ARouteIsAddedOnce(GatewayVersion version) => AssertOneWinner(version, (parts, name) => parts.TryAddRoute(name));

    [Theory]
    [InlineData(GatewayVersion.Legacy)]
    [InlineData(GatewayVersion.Migrated)]
    public void ARouteIsRemovedOnce(GatewayVersion version)
    {
        var parts = PartsOf(version);
        foreach (var name in Names)
            parts.TryAddRoute(name);

        AssertOneWinner(Race.Run(Rounds, round => parts.TryRemoveRoute(Names[round])));
    }

    [Theory]
    [InlineData(GatewayVersion.Legacy)]
    [InlineData(GatewayVersion.Migrated)]
    public void APaymentIsAcceptedOnce(GatewayVersion version) => AssertOneWinner(version, (parts, name) => parts.TryAcceptPayment(name));

    [Theory]
    [InlineData(GatewayVersion.Legacy)]
    [InlineData(GatewayVersion.Migrated)]
    public void ABackendGoesDownOnce(GatewayVersion version) => AssertOneWinner(version, (parts, name) => parts.TryMarkDown(name));

    [Theory]
    [InlineData(GatewayVersion.Legacy)]
    [InlineData(GatewayVersion.Migrated)]
    public void ACustomerHasOneQuota(GatewayVersion version)
    {
        var parts = PartsOf(version);

        var quotas = Race.Run(Rounds, round => parts.QuotaOf(Names[round]));

        Assert.DoesNotContain(quotas, quotasOfOne => quotasOfOne.Distinct().Count() > 1);
    }

    [Theory]
    [InlineData(GatewayVersion.Legacy)]
    [InlineData(GatewayVersion.Migrated)]
    public void EveryReportAddsUp(GatewayVersion version)
    {
        var parts = PartsOf(version);
        const int rounds = 5_000;
        const int dispatches = 40;
        var reports = Race.Run(rounds, _ =>
        {
            for (var dispatch = 0; dispatch < dispatches; dispatch++)
                parts.RecordDispatch(Names[dispatch % 3]);
            return parts.Report();
        });

        Assert.DoesNotContain(reports.SelectMany(all => all), report => report.Total != report.Sum);
        Assert.Equal(reports[0].Length * rounds * dispatches, parts.Report().Total);
    }

    private static void AssertOneWinner(GatewayVersion version, Func<IGatewayParts, string, bool> attempt)
    {
        var parts = PartsOf(version);
        AssertOneWinner(Race.Run(Rounds, round => attempt(parts, Names[round])));
    }

    private static void AssertOneWinner(bool[][] rounds) => Assert.DoesNotContain(rounds, wins => wins.Count(won => won) != 1);

    private static IGatewayParts PartsOf(GatewayVersion version) => version == GatewayVersion.Legacy ? new LegacyParts() : new MigratedParts();
}

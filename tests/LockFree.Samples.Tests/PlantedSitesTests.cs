using LockFree.Samples.Tests.Analysis;

namespace LockFree.Samples.Tests;

/// <summary>The analyzers name what is planted in the legacy gateway, and nothing else.</summary>
public class PlantedSitesTests
{
    private static readonly int[] Items = [1, 2, 3, 6];

    [Fact]
    public async Task EveryMarkedSiteIsReportedAndNothingElse()
    {
        var legacy = SampleProject.Open("LegacyGateway");
        Assert.Empty(legacy.CompilerErrors());

        var marked = legacy.MarkedSites().Where(site => Items.Contains(site.Item)).ToHashSet();
        var findings = await legacy.FindingsAsync();
        var reported = findings.SelectMany(SampleProject.SitesOf).Where(site => Items.Contains(site.Item)).ToHashSet();

        var differences = Listed("missed", marked.Except(reported)) + Listed("not planted", reported.Except(marked));
        Assert.True(differences.Length == 0, differences);
    }

    [Fact]
    public async Task TheMigratedGatewayHasNoFinding()
    {
        var migrated = SampleProject.Open("Gateway", "LegacyGateway/Contracts", "LegacyGateway/Backends");
        Assert.Empty(migrated.CompilerErrors());

        Assert.Empty(await migrated.FindingsAsync());
    }

    private static string Listed(string what, IEnumerable<Site> sites) =>
        string.Concat(sites.Select(site => $"\n{what}: {site}").Order(StringComparer.Ordinal));
}

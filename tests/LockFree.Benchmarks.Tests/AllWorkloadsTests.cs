using LockFree.Benchmarks.Comparing;

namespace LockFree.Benchmarks.Tests;

public class AllWorkloadsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_row_has_a_name_of_its_own(bool isQuick)
    {
        string[] names = [.. AllWorkloads.Of(isQuick).Select(static workload => workload.Subject.Name)];

        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void A_quick_run_measures_nothing_of_its_own_but_smaller_sizes()
    {
        var full = AllWorkloads.Of(isQuick: false).Select(static workload => workload.Subject with { Entries = null }).ToHashSet();

        Assert.All(AllWorkloads.Of(isQuick: true), workload => Assert.Contains(workload.Subject with { Entries = null }, full));
    }

    /// <summary>What is measured on larger maps alone is tried on small ones in <see cref="Maps.MapBenchTests"/>.</summary>
    [Fact]
    public void Contenders_of_small_rows_can_be_measured_and_are_the_peers_the_targets_name()
    {
        foreach (Workload workload in AllWorkloads.Of(isQuick: true).Where(static workload => workload.Subject.Entries is 1_000 or null))
        {
            IReadOnlyList<Contender> contenders = workload.Contenders();

            // A contender that finds something else than it should, or walks over something else, throws.
            Assert.All(contenders, static contender => Assert.True(contender.Measure() >= 0));
            Assert.All(
                workload.Targets.Select(static target => target.Peer).OfType<string>(),
                peer => Assert.Contains(contenders.Skip(1), contender => contender.Name == peer));
        }
    }
}

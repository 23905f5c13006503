using LockFree.CodeFixes.Tests.HotCollections;
using static LockFree.CodeFixes.Tests.HotCollections.CollectionFix;

namespace LockFree.CodeFixes.Tests.Equivalence;

/// <summary>LF1001: what several threads do with the concurrent collection, one thread could have done with the collection under its lock.</summary>
public sealed class CollectionHistoryTests
{
    /// <summary>What goes over a whole sharded map, or counts it, does not see it at one moment.</summary>
    private static readonly string[] WholeMap =
        ["Count", "Values", "Keys", "Entries", "Copy", "Sum", "AnyOver", "Over", "Drained", "DrainedValues", "Loads", "Items", "Longer"];

    [Fact]
    public Task A_sharded_map() => VerifyMapAsync(
        string.Join("\n", MapShapes.Singles, MapShapes.Compounds, MapShapes.ShardedOnly), Sharded, WholeMap, "Entries", "Count");

    [Fact]
    public Task A_sharded_map_whose_values_are_made_once() => VerifyMapAsync(MapShapes.Once, Sharded, WholeMap, "Entries", "Loads");

    [Fact]
    public Task A_concurrent_dictionary_copies_and_counts_included() => VerifyMapAsync(
        string.Join("\n", MapShapes.Singles, MapShapes.Compounds), Concurrent, [], "Entries");

    [Theory]
    [InlineData(Sharded)]
    [InlineData(Concurrent)]
    public async Task A_set(string target)
    {
        string before = Class(MapShapes.SetMembers, "private readonly HashSet<string> _map = new(PacedComparer.Instance);") + PacedSource.Declarations;
        await EquivalentInEveryHistory.VerifyAsync(
            before, await FixAsync(before, target), seed: 103, runAlone: target == Sharded ? WholeMap : [], runLast: ["Items", "Count"]);
    }

    private static async Task VerifyMapAsync(string members, string target, string[] runAlone, params string[] runLast)
    {
        string before = Class(
            "public Sessions() { Loader.Reset(); }\n" + members, "private readonly Dictionary<string, int> _map = new(PacedComparer.Instance);")
            + MapShapes.RacingLoader + PacedSource.Declarations;
        await EquivalentInEveryHistory.VerifyAsync(before, await FixAsync(before, target), seed: 101, runAlone: runAlone, runLast: runLast);
    }
}

using LockFree.Tests.Collections.Histories;
using LockFree.Tests.Shadow;

namespace LockFree.Tests;

/// <summary>Histories of the shadow build on real threads that stumble at random.</summary>
public class ShardedMapNoiseTests
{
    [Theory]
    [MemberData(nameof(MapScenarios.Names), MemberType = typeof(MapScenarios))]
    [MemberData(nameof(MapScenarios.BlockingNames), MemberType = typeof(MapScenarios))]
    public void Histories_can_be_explained(string scenario) =>
        Assert.Null(MapScenarios.Run(scenario, new NoisyExecution(), threads: 4, rounds: 150));
}

using LockFree.Tests.Collections.Histories;

namespace LockFree.Tests.Collections;

/// <summary>Histories of the real map on real threads, checked for linearizability key by key.</summary>
public class ShardedMapLinearizabilityTests
{
    [Theory]
    [MemberData(nameof(MapScenarios.Names), MemberType = typeof(MapScenarios))]
    [MemberData(nameof(MapScenarios.BlockingNames), MemberType = typeof(MapScenarios))]
    public void Histories_can_be_explained(string scenario)
    {
        foreach (int threads in (int[])[2, 4, 8])
            Assert.Null(MapScenarios.Run(scenario, new FreeExecution(), threads, rounds: 60));
    }
}

using LockFree.Tests.Collections.Histories;
using LockFree.Tests.Shadow;

namespace LockFree.Tests;

/// <summary>Histories of the shadow build under schedules drawn from a seed, which the message of a failure names.</summary>
public class ShardedMapScheduleTests
{
    [Theory]
    [MemberData(nameof(MapScenarios.Names), MemberType = typeof(MapScenarios))]
    public void Histories_can_be_explained(string scenario) =>
        Assert.Null(MapScenarios.Run(scenario, new ControlledExecution(), threads: 4, rounds: 60));
}

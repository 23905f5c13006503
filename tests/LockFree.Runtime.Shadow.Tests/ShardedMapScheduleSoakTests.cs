using LockFree.Tests.Collections.Histories;
using LockFree.Tests.Shadow;

namespace LockFree.Tests;

/// <summary>
/// Short here; for long with <c>LOCKFREE_SOAK_MINUTES=30 dotnet test tests/LockFree.Runtime.Shadow.Tests -c Release --filter FullyQualifiedName~Soak</c>.
/// The message of a failure names the seed of its schedule.
/// </summary>
public class ShardedMapScheduleSoakTests
{
    [Fact]
    public void Histories_can_be_explained()
    {
        var soak = new Soak(rounds: 1);
        while (soak.GoesOn())
        {
            foreach (string scenario in MapScenarios.AllScheduled)
            {
                Assert.Null(MapScenarios.Run(scenario, new ControlledExecution(), threads: 3, rounds: 5, soak.Seed));
                Assert.Null(MapScenarios.Run(scenario, new NoisyExecution(), threads: 8, rounds: 5, soak.Seed));
            }
        }
    }
}

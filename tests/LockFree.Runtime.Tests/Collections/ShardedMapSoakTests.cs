using LockFree.Tests.Collections.Histories;

namespace LockFree.Tests.Collections;

/// <summary>
/// Short here; for long with <c>LOCKFREE_SOAK_MINUTES=30 dotnet test tests/LockFree.Runtime.Tests -c Release --filter FullyQualifiedName~Soak</c>.
/// </summary>
public class ShardedMapSoakTests
{
    [Fact]
    public void Histories_can_be_explained()
    {
        var soak = new Soak(rounds: 1);
        while (soak.GoesOn())
        {
            foreach (string scenario in MapScenarios.All)
            {
                foreach (int threads in (int[])[2, 3, 4, 8])
                    Assert.Null(MapScenarios.Run(scenario, new FreeExecution(), threads, rounds: 20, soak.Seed));
            }
        }
    }
}

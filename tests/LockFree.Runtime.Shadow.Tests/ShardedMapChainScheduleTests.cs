using LockFree.Tests.Collections;
using LockFree.Tests.Shadow;

namespace LockFree.Tests;

/// <summary>An entry that is coming into a chain is there for a walk and for a look-up, or for neither.</summary>
public class ShardedMapChainScheduleTests
{
    /// <summary>One more than a bucket has slots.</summary>
    private const int Crowd = 8;

    [Fact]
    public void What_a_walk_has_seen_in_a_chain_is_found_wherever_its_insertion_has_stopped()
    {
        int seen = 0;
        // Of several kinds, most of which are new to the chain.
        for (int added = Crowd; added < Crowd + 16; added++)
        {
            for (int point = 1; TryInsert(new CrowdedKey(added), point, ref seen); point++)
            {
            }
        }
        Assert.True(seen > 0, "No walk saw the entry before it was there for good.");
    }

    /// <summary>Stops an insertion at a point; false if it has none such.</summary>
    private static bool TryInsert(CrowdedKey key, int point, ref int seen)
    {
        var map = new ShardedMap<CrowdedKey, long>(100);
        for (int number = 0; number < Crowd; number++)
            map.Add(new CrowdedKey(number), number);
        var insertion = new SteppedThread(() => map.Add(key, key.Number));

        bool isStopped = insertion.Run(point) == StepOutcome.AtPoint;
        bool isSeen = map.ToArray().Any(entry => entry.Key == key);
        if (isStopped && isSeen)
            seen++;
        Assert.True(map.ContainsKey(key) || !isSeen, $"Stopped at point {point}: key {key.Number} comes in a walk, but is missing.");
        SteppedThread.RunToEnd(insertion);
        Assert.True(map.ContainsKey(key));
        return isStopped;
    }
}

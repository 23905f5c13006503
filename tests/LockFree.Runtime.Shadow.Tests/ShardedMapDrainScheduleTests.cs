using LockFree.Tests.Shadow;

namespace LockFree.Tests;

/// <summary>A drain beside a move into a smaller table, in which a bucket of the one is filled from several of the other.</summary>
public class ShardedMapDrainScheduleTests
{
    private const int Keys = 4;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_is_seen_after_a_drain_stays_wherever_it_was_overtaken_by_a_move(int firstMoved)
    {
        int runs = 0;
        for (int drained = 1; TryRunAll(drained, firstMoved, ref runs); drained++)
        {
        }
        Assert.True(runs > 100, $"Only {runs} drains came to their end beside the move.");
    }

    /// <summary>Runs all schedules where the drain stops at a point; false if it has none such.</summary>
    private static bool TryRunAll(int drained, int firstMoved, ref int runs)
    {
        for (int moved = 1; ; moved++)
        {
            ShardedMap<int, int> map = Filled();
            var drain = new SteppedThread(() => map.Drain());
            // What the drain has taken is added again. Then everything is to be moved, and whoever writes has to begin with the bucket of his key.
            var refill = new SteppedThread(() =>
            {
                Fill(map);
                BeginToShrink(map);
            });
            var mover = new SteppedThread(() => map[firstMoved] = 1);

            bool isDrainStopped = drain.Run(drained) == StepOutcome.AtPoint;
            bool isMoverStopped = refill.Run() == StepOutcome.Ended && mover.Run(moved) == StepOutcome.AtPoint;
            // Unless the drain needs a bucket that the mover has locked, it ends before the mover goes on.
            if (isMoverStopped && drain.Run() == StepOutcome.Ended)
            {
                runs++;
                bool[] seen = Seen(map);
                SteppedThread.RunToEnd(mover);
                seen[firstMoved] = map.ContainsKey(firstMoved);
                Assert.True(seen.SequenceEqual(Seen(map)), $"Drain stopped at point {drained}, move at point {moved}: a key has gone after the drain.");
            }
            SteppedThread.RunToEnd(drain, refill, mover);
            if (!isDrainStopped || !isMoverStopped)
                return isDrainStopped;
        }
    }

    private static ShardedMap<int, int> Filled()
    {
        var map = new ShardedMap<int, int>(new BucketComparer());
        Fill(map);
        return map;
    }

    private static void Fill(ShardedMap<int, int> map)
    {
        for (int key = 0; key < Keys; key++)
            map.TryAdd(key, 0);
    }

    /// <summary>Leaves a map with a smaller table beside its own, into which nothing has been moved for want of memory.</summary>
    private static void BeginToShrink(ShardedMap<int, int> map)
    {
        int allocations = 0;
        ScarceMemory.WithAllocations(
            () =>
            {
                if (++allocations > 1)
                    ScarceMemory.Fail();
            },
            () => Assert.Throws<OutOfMemoryException>(map.TrimExcess));
    }

    private static bool[] Seen(ShardedMap<int, int> map) => [.. Enumerable.Range(0, Keys).Select(map.ContainsKey)];

    /// <summary>Puts each key into the bucket of its number, of four.</summary>
    private sealed class BucketComparer : IEqualityComparer<int>
    {
        private static readonly int[] Hashes = [.. Enumerable.Range(0, Keys).Select(HashFor)];

        public bool Equals(int x, int y) => x == y;

        public int GetHashCode(int key) => Hashes[key];

        /// <summary>The map takes the top bits of what it makes of a hash code by Fibonacci hashing.</summary>
        private static int HashFor(int bucket) =>
            Enumerable.Range(0, 1_000).First(code => (int)(((uint)code * 0x9E37_79B9_7F4A_7C15) >> 62) == bucket);
    }
}

using LockFree.Benchmarks.Maps;

namespace LockFree.Benchmarks.Tests.Maps;

public class KeyRingTests
{
    [Fact]
    public void Threads_share_no_key()
    {
        KeyRing[] rings = KeyRing.Split(keys: 10, threads: 2, filled: 0.4);

        Assert.Equal([(0, 5), (5, 5)], rings.Select(static ring => (ring.Start, ring.Length)));
        Assert.Equal([5, 6], Enumerable.Range(5, 5).Where(index => rings[1].IsPresent(index)));
    }

    [Fact]
    public void It_knows_what_a_set_would_know()
    {
        var ring = new KeyRing(start: 100, length: 7, present: 0);
        var present = new HashSet<int>();
        var random = new Random(1);
        for (int step = 0; step < 10_000; step++)
        {
            if (random.Next(2) == 0)
            {
                if (ring.TryTakeIn(out int next))
                    Assert.True(present.Add(next));
                else
                    Assert.Equal(7, present.Count);
            }
            else if (ring.TryTakeOut(out int oldest))
            {
                Assert.True(present.Remove(oldest));
            }
            else
            {
                Assert.Empty(present);
            }
            Assert.Equal(present.Order(), Enumerable.Range(100, 7).Where(index => ring.IsPresent(index)));
        }
    }
}

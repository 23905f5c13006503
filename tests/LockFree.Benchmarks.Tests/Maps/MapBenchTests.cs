using LockFree.Benchmarks.Comparing;
using LockFree.Benchmarks.Maps;

namespace LockFree.Benchmarks.Tests.Maps;

/// <summary>Measurements that the report makes on large maps alone.</summary>
public class MapBenchTests
{
    private const int Entries = 1_000;

    private static readonly string[] ForThreads =
        [MapNames.Ours, MapNames.Framework, MapNames.NonBlocking, MapNames.Locked, MapNames.ReaderWriterLocked];

    private static readonly string[] ForOneThread = [MapNames.Ours, MapNames.Framework, MapNames.NonBlocking, MapNames.Unsynchronized];

    [Fact]
    public void Threads_read_and_write()
    {
        Assert.All(
            TypePair.Longs.Shuffled(Entries).Benches(ForThreads), static bench => Assert.True(bench.ReadAndWrite(threads: 2, writePercent: 50) > 0));
    }

    [Fact]
    public void Threads_do_every_mix_again_and_again()
    {
        foreach (OperationMix mix in (OperationMix[])[OperationMix.ReadHeavy, OperationMix.Exchange, OperationMix.RapidGrow])
        {
            foreach (IMapBench bench in TypePair.Longs.Shuffled(Entries).Benches(ForThreads))
            {
                for (int round = 0; round < 3; round++)
                    Assert.True(bench.Mix(threads: 2, mix) > 0, $"{bench.Name}, {mix.Name}");
            }
        }
    }

    [Fact]
    public void The_longest_insertion_is_the_end_of_their_spread()
    {
        foreach (IMapBench bench in TypePair.Longs.Shuffled(Entries).Benches(ForOneThread))
        {
            double longest = bench.LongestInsert();
            IReadOnlyList<TailPoint> tail = bench.InsertTail();

            Assert.Equal(100, tail[^1].Percentile);
            Assert.Equal(longest, tail[^1].Nanoseconds / 1_000_000, tolerance: 1e-9);
            Assert.Equal(tail.OrderBy(static point => point.Percentile), tail.OrderBy(static point => point.Nanoseconds));
        }
    }

    [Fact]
    public void Collections_take_their_time_with_any_map() => Assert.All(
        TypePair.Longs.Shuffled(Entries).Benches(ForOneThread), static bench => Assert.True(bench.FullCollection() > 0));
}

namespace LockFree.Tests.Collections;

public class StripedCounterTests
{
    [Fact]
    public void No_addition_is_lost_while_threads_come_and_go()
    {
        var counter = new StripedCounter();
        for (int round = 0; round < 50; round++)
        {
            Thread[] threads = [.. Enumerable.Range(0, 16).Select(_ => new Thread(() =>
            {
                for (int i = 0; i < 1_000; i++)
                {
                    counter.Add(3);
                    counter.Add(-1);
                }
            }))];
            foreach (Thread thread in threads)
                thread.Start();
            foreach (Thread thread in threads)
                thread.Join();
            Assert.Equal((round + 1) * 32_000L, counter.Value);
        }
    }

    [Fact]
    public void Of_two_threads_that_add_and_then_count_one_sees_both_additions()
    {
        const int rounds = 5_000;
        StripedCounter[] counters = [.. Enumerable.Range(0, rounds).Select(_ => new StripedCounter())];
        var sums = new long[2, rounds];
        using var start = new Barrier(2);
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(number => new Thread(() =>
        {
            // The first addition makes the thread's cell.
            foreach (StripedCounter counter in counters)
                counter.Add(0);
            for (int round = 0; round < rounds; round++)
            {
                start.SignalAndWait();
                counters[round].Add(1);
                sums[number, round] = counters[round].Value;
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.All(Enumerable.Range(0, rounds), round => Assert.Equal(2, Math.Max(sums[0, round], sums[1, round])));
    }
}

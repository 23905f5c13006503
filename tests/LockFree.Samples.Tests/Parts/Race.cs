namespace LockFree.Samples.Tests.Parts;

/// <summary>
/// Several threads that go through the same rounds as fast as they can, more threads than cores. The one in front is sooner or
/// later interrupted between two steps of an attempt, and those behind make the same attempt meanwhile: a check apart from its act
/// is met even where two threads never run at the same time.
/// </summary>
internal static class Race
{
    private static readonly int Threads = 2 * Math.Max(2, Environment.ProcessorCount);

    /// <summary>For each round what every thread got.</summary>
    public static T[][] Run<T>(int rounds, Func<int, T> attempt)
    {
        var results = Enumerable.Range(0, Threads).Select(_ => new T[rounds]).ToArray();
        using var start = new Barrier(Threads);
        var runs = results.Select(own => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                for (var round = 0; round < rounds; round++)
                    own[round] = attempt(round);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        Task.WaitAll(runs);
        return [.. Enumerable.Range(0, rounds).Select(round => results.Select(own => own[round]).ToArray())];
    }
}

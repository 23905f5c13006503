namespace LockFree.Tests.Collections.Histories;

/// <summary>Lets threads loose on fresh maps, round after round, and checks what they saw.</summary>
internal static class MapRounds
{
    private const int FirstPrefilled = 50_000;

    /// <summary>No part of any test's logic: a correct map never comes near it.</summary>
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(60);

    /// <summary>Runs rounds until one fails; null if none does.</summary>
    public static string? FindFailure<TKey, TValue>(
        Scenario scenario, Contents<TKey, TValue> contents, IExecution execution, int rounds, int firstSeed = 1)
        where TKey : notnull
    {
        MapThread<TKey, TValue>[] parts =
            [.. Enumerable.Range(0, scenario.Threads).Select(thread => new MapThread<TKey, TValue>(thread, scenario, contents, execution))];
        var barrier = new Barrier(scenario.Threads + 1);
        ShardedMap<TKey, TValue> map = null!;
        int seed = 0;
        bool isOver = false;

        Thread[] threads = [.. parts.Select((part, index) => new Thread(() =>
        {
            while (true)
            {
                barrier.SignalAndWait();
                if (isOver)
                    return;
                part.Run(map, unchecked((seed * 7919) + index));
                barrier.SignalAndWait();
            }
        }) { IsBackground = true })];
        foreach (Thread thread in threads)
            thread.Start();

        var checker = new LinearizabilityChecker();
        string? failure = null;
        for (seed = firstSeed; seed < firstSeed + rounds && failure is null; seed++)
        {
            map = new ShardedMap<TKey, TValue>(contents.Comparer);
            for (int i = 0; i < scenario.Prefilled; i++)
                map.Add(contents.KeyOf(FirstPrefilled + i), contents.ValueOf(FirstPrefilled + i));
            if (map is ShardedMap<WideKey, TValue> wide && scenario.IsStuck)
                StuckKeyComparer.Prepare(wide, contents.ValueOf(StuckKeyComparer.StuckNumber));
            int tornBefore = TornKeys.Count;
            execution.Begin(scenario.Threads, seed);
            barrier.SignalAndWait();
            if (!barrier.SignalAndWait(HangLimit))
                return $"Seed {seed}: a thread hangs.";
            failure = Check(map, scenario, contents, execution, parts, checker);
            if (failure is null && TornKeys.Count != tornBefore)
                failure = "A torn key was shown to its equality or hash.";
        }

        isOver = true;
        barrier.SignalAndWait();
        foreach (Thread thread in threads)
            thread.Join();
        return failure is null ? null : $"Seed {seed - 1}: {failure}";
    }

    private static string? Check<TKey, TValue>(
        ShardedMap<TKey, TValue> map,
        Scenario scenario,
        Contents<TKey, TValue> contents,
        IExecution execution,
        MapThread<TKey, TValue>[] parts,
        LinearizabilityChecker checker)
        where TKey : notnull
    {
        if (parts.FirstOrDefault(part => part.Failure is not null)?.Failure is { } failure)
            return failure;

        long now = execution.Now();
        int expectedCount = 0;
        for (int key = 0; key < scenario.Keys; key++)
        {
            // What is there in the end belongs to the history.
            bool exists = map.TryGetValue(contents.KeyOf(key), out TValue? value);
            var last = new Call(scenario.Threads, key, CallKind.Read)
            {
                Succeeded = exists,
                Outcome = exists ? contents.NumberOfValue(value!) : 0,
                Invoked = now + 1,
                Returned = now + 2,
            };
            expectedCount += exists ? 1 : 0;
            List<Call> calls = [.. parts.SelectMany(part => part.Calls).Where(call => call.Key == key), last];
            if (checker.FindInexplicable(calls) is { } inexplicable)
                return $"{inexplicable} cannot be explained by the {calls.Count} calls on this key.";
        }

        if (scenario.EmptyEvery == 0)
        {
            foreach (int filler in parts.SelectMany(part => part.Fillers))
            {
                if (!map.TryGetValue(contents.KeyOf(filler), out TValue? value) || contents.NumberOfValue(value) != (contents.HasOneValue ? 1 : filler))
                    return $"Key {filler} got lost.";
                expectedCount++;
            }
            expectedCount += scenario.Prefilled + (scenario.IsStuck ? 1 : 0);
        }
        else
        {
            expectedCount = map.ToArray().Length;
        }
        return map.Count == expectedCount ? null : $"Count is {map.Count}, but there are {expectedCount} entries.";
    }
}

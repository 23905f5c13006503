using System.Runtime.CompilerServices;

namespace LockFree.Tests.Collections;

/// <summary>
/// What <see cref="ShardedMapSmallHeapTests"/> runs in a process of its own, whose heap is limited: two threads fill a map until there is no memory
/// left, and beyond. Ends with 0 if the map has everything that was stored and nothing that was refused, and goes on working.
/// </summary>
internal static class SmallHeapProgram
{
    private const int Threads = 2;
    private const int KeysPerThread = 2_000_000;
    private const int EnoughFailures = 200;

    private static int Main()
    {
        var map = new ShardedMap<long, WideValue>();
        var reserve = new Reserve();
        bool[][] stored = [.. Enumerable.Range(0, Threads).Select(_ => new bool[KeysPerThread])];
        var failures = new int[Threads];
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() => failures[thread] = Fill(map, thread, stored[thread])))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        // What needs no memory goes on without.
        UpdateRemoveAndAdd(map, stored);
        // The runtime itself may need some, for what follows.
        reserve.Free();
        RequireContents(map, stored);
        int count = stored.Sum(keys => keys.Count(isStored => isStored));
        Require(map.Count == count, "the count is wrong");
        Require(failures.All(count => count == EnoughFailures), "memory did not run out");

        map.Clear();
        UseAgain(map);
        Console.WriteLine($"{count} entries, {failures.Sum()} times no memory");
        return 0;
    }

    /// <summary>Adds keys until enough of them have been refused, and returns how many have.</summary>
    private static int Fill(ShardedMap<long, WideValue> map, int thread, bool[] isStored)
    {
        int failures = 0;
        for (int index = 0; index < KeysPerThread && failures < EnoughFailures; index++)
        {
            long key = KeyOf(thread, index);
            try
            {
                map[key] = new WideValue(key);
                isStored[index] = true;
            }
            catch (OutOfMemoryException)
            {
                failures++;
            }
        }
        return failures;
    }

    // None of these is inlined: the frame of the caller would keep tables alive that the map has let go of.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UpdateRemoveAndAdd(ShardedMap<long, WideValue> map, bool[][] stored)
    {
        for (int thread = 0; thread < Threads; thread++)
        {
            for (int index = 0; index < KeysPerThread; index++)
            {
                if (!stored[thread][index])
                    continue;
                long key = KeyOf(thread, index);
                map[key] = new WideValue(key + 1);
                Require(map.TryRemove(key, out WideValue value) && map.TryAdd(key, value), "an entry was not removed and added again");
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UseAgain(ShardedMap<long, WideValue> map)
    {
        for (long key = 0; key < 50_000; key++)
            map[key] = new WideValue(key);
        Require(map.Count == 50_000 && map.All(entry => entry.Value == new WideValue(entry.Key)), "the map does not work any more");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RequireContents(ShardedMap<long, WideValue> map, bool[][] stored)
    {
        for (int thread = 0; thread < Threads; thread++)
        {
            for (int index = 0; index < KeysPerThread; index++)
            {
                long key = KeyOf(thread, index);
                bool exists = map.TryGetValue(key, out WideValue value);
                Require(exists == stored[thread][index], $"key {key} {(exists ? "was refused, but is there" : "was stored, but is missing")}");
                Require(!exists || value == new WideValue(key + 1), $"key {key} has a wrong value");
            }
        }
    }

    private static long KeyOf(int thread, int index) => ((long)index * Threads) + thread;

    private static void Require(bool condition, string otherwise)
    {
        if (condition)
            return;
        Console.WriteLine(otherwise);
        Environment.Exit(1);
    }

    /// <summary>Memory that is given back when the worst is over.</summary>
    private sealed class Reserve
    {
        private byte[]? _bytes = new byte[4_000_000];

        public void Free()
        {
            GC.KeepAlive(_bytes);
            _bytes = null;
        }
    }
}

namespace LockFree.Benchmarks.Maps;

/// <content>What several threads do at once.</content>
internal sealed partial class MapBench<TMap, TKey, TValue>
{
    private const int OperationsPerThread = 25_000;

    private KeyRing[]? _rings;

    public double ReadAndWrite(int threads, int writePercent)
    {
        _ = Map;
        return Race.Run(threads, thread => ReadAndWriteAlone(thread, writePercent)) / ((double)OperationsPerThread * threads);
    }

    public double Mix(int threads, OperationMix mix)
    {
        TMap map;
        int operations;
        if (mix.FillPercent == 0)
        {
            map = TMap.Create();
            _rings = KeyRing.Split(data.Keys.Length, threads, filled: 0);

            // As many as add nearly all keys.
            operations = data.Keys.Length / threads * 100 / (mix.Inserts + 5);
        }
        else
        {
            map = _map ??= TMap.Create();
            _rings ??= FilledRings(map, threads, mix.FillPercent);
            operations = OperationsPerThread;
        }
        KeyRing[] rings = _rings;
        return Race.Run(threads, thread => MixAlone(map, thread, ref rings[thread], operations, mix)) / ((double)operations * threads);
    }

    private KeyRing[] FilledRings(TMap map, int threads, int percent)
    {
        KeyRing[] rings = KeyRing.Split(data.Keys.Length, threads, percent / 100.0);
        foreach (KeyRing ring in rings)
        {
            for (int index = ring.Start; ring.IsPresent(index); index++)
                map.TryAdd(data.Keys[index], data.Values[index]);
        }
        return rings;
    }

    private void ReadAndWriteAlone(int thread, int writePercent)
    {
        TMap map = Map;
        TKey[] keys = data.Lookups;
        TValue[] values = data.Values;
        var random = new RandomNumbers(thread);
        for (int i = 0; i < OperationsPerThread; i++)
        {
            (int index, int choice) = random.Next(keys.Length, 400);
            if (choice >= writePercent * 4)
                map.TryGet(keys[index], out _);
            else if (choice % 4 < 2)
                map.Set(keys[index], values[index]);
            else if (choice % 4 == 2)
                map.TryRemove(keys[index]);
            else
                map.TryAdd(keys[index], values[index]);
        }
    }

    private void MixAlone(TMap map, int thread, ref KeyRing sharedRing, int operations, OperationMix mix)
    {
        // Worked on apart from the others', which lie beside it and are written by other threads.
        KeyRing ring = sharedRing;
        TKey[] keys = data.Keys;
        TValue[] values = data.Values;
        var random = new RandomNumbers(thread);
        int belowInserts = mix.Reads + mix.Inserts;
        int belowRemoves = belowInserts + mix.Removes;
        for (int i = 0; i < operations; i++)
        {
            (int offset, int choice) = random.Next(ring.Length, 100);
            int index = ring.Start + offset;
            if (choice >= mix.Reads && choice < belowInserts && ring.TryTakeIn(out int next))
                map.TryAdd(keys[next], values[next]);
            else if (choice >= belowInserts && choice < belowRemoves && ring.TryTakeOut(out int oldest))
                map.TryRemove(keys[oldest]);
            else if (choice >= belowRemoves && ring.IsPresent(index))
                map.Set(keys[index], values[index]);
            else
                map.TryGet(keys[index], out _);
        }
        sharedRing = ring;
    }
}

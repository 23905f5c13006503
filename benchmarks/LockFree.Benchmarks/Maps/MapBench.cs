using System.Diagnostics;

namespace LockFree.Benchmarks.Maps;

/// <summary>The loops, each compiled for one map and one pair of types.</summary>
internal sealed class MapBench<TMap, TKey, TValue> : IMapBench
    where TMap : struct, IMapAdapter<TMap, TKey, TValue>
{
    // Short enough to fit between two interruptions, so that most rounds are undisturbed even on a busy machine.
    private const int OperationsPerBatch = 10_000;

    private readonly MapData<TKey, TValue> _data;
    private readonly int _sliceLength;
    private readonly int _repetitions;
    private TMap _map;
    private int _sliceStart;
    private int _sink;

    public MapBench(MapData<TKey, TValue> data)
    {
        _data = data;
        _sliceLength = Math.Min(OperationsPerBatch, data.Keys.Length);
        _repetitions = Math.Max(1, OperationsPerBatch / data.Keys.Length);
        _map = Filled();
    }

    public string Name => TMap.Name;

    public double Hit() => TimeSlice(static bench => Look(bench._map, bench.SliceOf(bench._data.Lookups)));

    public double Miss() => TimeSlice(static bench => Look(bench._map, bench.SliceOf(bench._data.Missing)));

    public double Update() => TimeSlice(static bench =>
    {
        TMap map = bench._map;
        ReadOnlySpan<TKey> keys = bench.SliceOf(bench._data.Lookups);
        ReadOnlySpan<TValue> values = bench.SliceOf(bench._data.Values);
        for (int i = 0; i < keys.Length; i++)
            map.Set(keys[i], values[i]);
        return 0;
    });

    public double RemoveAndAdd() => TimeSlice(static bench =>
    {
        TMap map = bench._map;
        ReadOnlySpan<TKey> keys = bench.SliceOf(bench._data.Lookups);
        ReadOnlySpan<TValue> values = bench.SliceOf(bench._data.Values);
        for (int i = 0; i < keys.Length; i++)
        {
            map.TryRemove(keys[i]);
            map.TryAdd(keys[i], values[i]);
        }
        return 0;
    });

    public double Insert() => Time(_data.Keys.Length, static bench => bench.Filled().Count);

    public double Enumerate() => Time(_data.Keys.Length, static bench => bench._map.Walk());

    public double Count()
    {
        const int calls = 200;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            _sink += _map.Count;
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }

    public double Mix(int threads, int writePercent)
    {
        const int operations = OperationsPerBatch * 5;
        using var start = new Barrier(threads + 1);
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            start.SignalAndWait();
            RunMix(thread, operations, writePercent);
        }))];
        foreach (Thread worker in workers)
            worker.Start();
        start.SignalAndWait();
        long began = Stopwatch.GetTimestamp();
        foreach (Thread worker in workers)
            worker.Join();
        return Stopwatch.GetElapsedTime(began).TotalNanoseconds / ((double)operations * threads);
    }

    public double BytesPerEntry()
    {
        _map = default;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        _map = Filled();
        long after = GC.GetTotalMemory(forceFullCollection: true);
        return (after - before) / (double)_data.Keys.Length;
    }

    public double BytesPerChange()
    {
        Update();
        RemoveAndAdd();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Update();
        RemoveAndAdd();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / ((double)_sliceLength * _repetitions);
    }

    public double LongestInsert()
    {
        TMap map = TMap.Create();
        long longest = 0;
        for (int i = 0; i < _data.Keys.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            map.TryAdd(_data.Keys[i], _data.Values[i]);
            longest = Math.Max(longest, Stopwatch.GetTimestamp() - start);
        }
        return longest * 1_000.0 / Stopwatch.Frequency;
    }

    private double TimeSlice(Func<MapBench<TMap, TKey, TValue>, int> pass)
    {
        _sliceStart = _sliceStart + (2 * _sliceLength) > _data.Keys.Length ? 0 : _sliceStart + _sliceLength;
        return Time(_sliceLength, pass);
    }

    private ReadOnlySpan<T> SliceOf<T>(T[] items) => items.AsSpan(_sliceStart, _sliceLength);

    private double Time(int operations, Func<MapBench<TMap, TKey, TValue>, int> pass)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < _repetitions; i++)
            _sink += pass(this);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / ((double)_repetitions * operations);
    }

    private static int Look(TMap map, ReadOnlySpan<TKey> keys)
    {
        int found = 0;
        foreach (TKey key in keys)
        {
            if (map.TryGet(key, out _))
                found++;
        }
        return found;
    }

    private void RunMix(int thread, int operations, int writePercent)
    {
        TMap map = _map;
        TKey[] keys = _data.Lookups;
        TValue[] values = _data.Values;
        uint random = ((uint)thread + 1) * 2_654_435_761;
        for (int i = 0; i < operations; i++)
        {
            // Marsaglia's xorshift.
            random ^= random << 13;
            random ^= random >> 17;
            random ^= random << 5;
            int index = (int)(random % (uint)keys.Length);
            uint choice = (random >> 8) % 400;
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

    private TMap Filled()
    {
        TMap map = TMap.Create();
        TKey[] keys = _data.Keys;
        TValue[] values = _data.Values;
        for (int i = 0; i < keys.Length; i++)
            map.TryAdd(keys[i], values[i]);
        return map;
    }
}

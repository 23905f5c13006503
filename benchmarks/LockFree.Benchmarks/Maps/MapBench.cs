using System.Diagnostics;

namespace LockFree.Benchmarks.Maps;

/// <summary>The loops, each compiled for one map and one pair of types.</summary>
internal sealed partial class MapBench<TMap, TKey, TValue>(MapData<TKey, TValue> data) : IMapBench
    where TMap : struct, IMapAdapter<TMap, TKey, TValue>
{
    // Short enough to fit between two interruptions, so that most rounds are undisturbed even on a busy machine. Small maps are gone through
    // several times, so that what is measured is the map in the cache and not its way there after another contender's turn.
    private const int OperationsPerBatch = 10_000;
    private const int PassesOverSmallMap = 40;
    private const int SmallMap = 1_000;

    private readonly int _sliceLength = Math.Min(OperationsPerBatch, data.Keys.Length);
    private readonly int _passes = data.Keys.Length <= SmallMap ? PassesOverSmallMap : 1;
    private TMap? _map;
    private int _sliceStart;
    private int _sink;

    public string Name => TMap.Name;

    /// <summary>Filled when it is first needed: some measurements make maps of their own, and must not find another one alive.</summary>
    private TMap Map => _map ??= Filled();

    public double Hit() => TimeSlice(static bench => bench.Expect(bench._sliceLength, Look(bench.Map, bench.SliceOf(bench.Data.Lookups))));

    public double Miss() => TimeSlice(static bench => bench.Expect(0, Look(bench.Map, bench.SliceOf(bench.Data.Missing))));

    public double Update() => TimeSlice(static bench =>
    {
        TMap map = bench.Map;
        ReadOnlySpan<TKey> keys = bench.SliceOf(bench.Data.Lookups);
        ReadOnlySpan<TValue> values = bench.SliceOf(bench.Data.Values);
        for (int i = 0; i < keys.Length; i++)
            map.Set(keys[i], values[i]);
        return 0;
    });

    public double RemoveAndAdd() => TimeSlice(static bench =>
    {
        TMap map = bench.Map;
        ReadOnlySpan<TKey> keys = bench.SliceOf(bench.Data.Lookups);
        ReadOnlySpan<TValue> values = bench.SliceOf(bench.Data.Values);
        for (int i = 0; i < keys.Length; i++)
        {
            map.TryRemove(keys[i]);
            map.TryAdd(keys[i], values[i]);
        }
        return 0;
    });

    public double Enumerate() => Time(Data.Keys.Length, static bench => bench.Expect(bench.Data.Keys.Length, bench.Map.Walk()));

    public double Count()
    {
        const int calls = 200;
        TMap map = Map;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            _sink += map.Count;
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }

    private MapData<TKey, TValue> Data => data;

    private double TimeSlice(Func<MapBench<TMap, TKey, TValue>, int> pass)
    {
        _sliceStart = _sliceStart + (2 * _sliceLength) > data.Keys.Length ? 0 : _sliceStart + _sliceLength;
        return Time(_sliceLength, pass);
    }

    private ReadOnlySpan<T> SliceOf<T>(T[] items) => items.AsSpan(_sliceStart, _sliceLength);

    private double Time(int operations, Func<MapBench<TMap, TKey, TValue>, int> pass)
    {
        _ = Map;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < _passes; i++)
            _sink += pass(this);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / ((double)_passes * operations);
    }

    /// <summary>A map that is fast because it finds the wrong thing must not pass.</summary>
    private int Expect(int expected, int actual) =>
        actual == expected ? actual : throw new InvalidOperationException($"{Name} came to {actual} entries instead of {expected}.");

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
}

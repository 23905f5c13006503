using BenchmarkDotNet.Attributes;
using LockFree.Benchmarks.Maps;

namespace LockFree.Benchmarks.Detail;

/// <summary>The single-threaded operations for BenchmarkDotNet, compiled for one map and one pair of types.</summary>
[MemoryDiagnoser]
public abstract class MapOperations<TPair, TMap, TKey, TValue>
    where TPair : ITypePair<TKey, TValue>
    where TMap : struct, IMapAdapter<TMap, TKey, TValue>
{
    private const int OperationsPerInvoke = 1_000;

    private MapData<TKey, TValue> _data = null!;
    private TMap _map;

    [Params(1_000, 100_000)]
    public int Entries { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _data = MapData<TKey, TValue>.Shuffled<TPair>(Entries);
        _map = TMap.Create();
        for (int i = 0; i < _data.Keys.Length; i++)
            _map.TryAdd(_data.Keys[i], _data.Values[i]);
    }

    [Benchmark(OperationsPerInvoke = OperationsPerInvoke)]
    public int Hit() => Look(_data.Lookups);

    [Benchmark(OperationsPerInvoke = OperationsPerInvoke)]
    public int Miss() => Look(_data.Missing);

    [Benchmark(OperationsPerInvoke = OperationsPerInvoke)]
    public void Update()
    {
        for (int i = 0; i < OperationsPerInvoke; i++)
            _map.Set(_data.Lookups[i], _data.Values[i]);
    }

    [Benchmark(OperationsPerInvoke = OperationsPerInvoke)]
    public void RemoveAndAdd()
    {
        for (int i = 0; i < OperationsPerInvoke; i++)
        {
            _map.TryRemove(_data.Lookups[i]);
            _map.TryAdd(_data.Lookups[i], _data.Values[i]);
        }
    }

    [Benchmark]
    public int Enumerate() => _map.Walk();

    private int Look(TKey[] keys)
    {
        int found = 0;
        for (int i = 0; i < OperationsPerInvoke; i++)
        {
            if (_map.TryGet(keys[i], out _))
                found++;
        }
        return found;
    }
}

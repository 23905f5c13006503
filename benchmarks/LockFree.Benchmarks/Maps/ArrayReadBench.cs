using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LockFree.Benchmarks.Maps;

/// <summary>Reads entries of an array at random places.</summary>
internal sealed class ArrayReadBench<TKey, TValue>
{
    private const int ReadsPerBatch = 10_000;

    private readonly KeyValuePair<TKey, TValue>[] _entries;
    private readonly int[] _places;
    private int _start;
    private int _sink;

    public ArrayReadBench(MapData<TKey, TValue> data)
    {
        _entries = [.. data.Keys.Zip(data.Values, KeyValuePair.Create)];
        _places = [.. Enumerable.Range(0, _entries.Length)];
        new Random(3).Shuffle(_places);
    }

    public double Read()
    {
        int length = Math.Min(ReadsPerBatch, _places.Length);
        _start = _start + (2 * length) > _places.Length ? 0 : _start + length;
        int passes = ReadsPerBatch / length;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < passes; i++)
            _sink += Sum(_entries, _places.AsSpan(_start, length));
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / ((double)passes * length);
    }

    private static int Sum(KeyValuePair<TKey, TValue>[] entries, ReadOnlySpan<int> places)
    {
        int sum = 0;
        foreach (int place in places)
        {
            // Whatever stands first in the entry: it is the way there that costs.
            sum += Unsafe.As<KeyValuePair<TKey, TValue>, int>(ref entries[place]);
        }
        return sum;
    }
}

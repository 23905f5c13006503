namespace LockFree.Benchmarks.Maps;

/// <summary>Keys and values that several maps are measured with.</summary>
internal interface IMapDataset
{
    /// <summary>
    /// Benches of the maps of these names, in their order. They share the keys and values, but no maps, with those of another call.
    /// </summary>
    IReadOnlyList<IMapBench> Benches(params ReadOnlySpan<string> names);

    /// <summary>Nanoseconds to read an entry whose place in an array is known: what no map can beat.</summary>
    Func<double> ArrayRead();
}

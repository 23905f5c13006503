namespace LockFree.Benchmarks.Maps;

/// <inheritdoc cref="IMapDataset"/>
/// <param name="data">The keys and values.</param>
/// <param name="makeBenches">Makes a bench of every map there is for these types.</param>
internal sealed class MapDataset<TKey, TValue>(
    MapData<TKey, TValue> data, Func<MapData<TKey, TValue>, IReadOnlyList<IMapBench>> makeBenches) : IMapDataset
{
    public IReadOnlyList<IMapBench> Benches(params ReadOnlySpan<string> names)
    {
        IReadOnlyList<IMapBench> all = makeBenches(data);
        var chosen = new List<IMapBench>();
        foreach (string name in names)
            chosen.Add(all.Single(bench => bench.Name == name));
        return chosen;
    }

    public Func<double> ArrayRead() => new ArrayReadBench<TKey, TValue>(data).Read;
}

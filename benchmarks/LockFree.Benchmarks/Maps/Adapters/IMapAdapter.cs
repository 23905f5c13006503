namespace LockFree.Benchmarks.Maps;

/// <summary>
/// A map as the loops of the benchmark use it. Implemented by structs, so that every loop is compiled for its map alone, as in a program that uses but one.
/// The implementations repeat each other on purpose: the maps have no interface in common whose calls the compiler could see through.
/// </summary>
public interface IMapAdapter<TSelf, TKey, TValue>
    where TSelf : struct, IMapAdapter<TSelf, TKey, TValue>
{
    static abstract string Name { get; }

    static abstract TSelf Create();

    int Count { get; }

    bool TryGet(TKey key, out TValue value);

    void Set(TKey key, TValue value);

    bool TryAdd(TKey key, TValue value);

    bool TryRemove(TKey key);

    /// <summary>Walks over all entries; returns how many there are.</summary>
    int Walk();
}

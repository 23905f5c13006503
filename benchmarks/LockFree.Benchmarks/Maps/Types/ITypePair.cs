namespace LockFree.Benchmarks.Maps;

/// <summary>A type of keys and one of values, and how to make many that differ.</summary>
public interface ITypePair<TKey, TValue>
{
    static abstract string Name { get; }

    /// <summary>Different keys for different numbers.</summary>
    static abstract TKey KeyOf(int number);

    static abstract TValue ValueOf(int number);
}

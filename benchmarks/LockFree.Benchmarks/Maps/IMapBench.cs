using LockFree.Benchmarks.Comparing;

namespace LockFree.Benchmarks.Maps;

/// <summary>The measurements of one map and one set of data. Nanoseconds per operation unless they say otherwise.</summary>
internal interface IMapBench
{
    /// <summary>The name of the map.</summary>
    string Name { get; }

    double Hit();

    double Miss();

    double Update();

    double RemoveAndAdd();

    /// <summary>One insertion, of the many that fill an empty map.</summary>
    double Insert();

    /// <summary>Runs the code of an insertion.</summary>
    void WarmUpInsert();

    /// <summary>One entry of a walk over all.</summary>
    double Enumerate();

    double Count();

    /// <summary>Threads that read and write the same keys: of the writes half set, a quarter remove, a quarter add.</summary>
    double ReadAndWrite(int threads, int writePercent);

    /// <summary>Threads that each read and write keys of their own.</summary>
    double Mix(int threads, OperationMix mix);

    /// <summary>Bytes per entry of a map filled one by one.</summary>
    double BytesPerEntry();

    /// <summary>Bytes allocated by one update, one removal and one addition.</summary>
    double BytesPerChange();

    /// <summary>Milliseconds of the longest single addition while the map grows from empty.</summary>
    double LongestInsert();

    /// <summary>How the additions of all calls of <see cref="LongestInsert"/> were spread.</summary>
    IReadOnlyList<TailPoint> InsertTail();

    /// <summary>Milliseconds of a full, blocking collection while the map and no other is alive.</summary>
    double FullCollection();
}

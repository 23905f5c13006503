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

    double Insert();

    double Enumerate();

    double Count();

    /// <summary>Threads that read and write: of the writes half set, a quarter remove, a quarter add.</summary>
    double Mix(int threads, int writePercent);

    /// <summary>Bytes per entry of a map filled one by one.</summary>
    double BytesPerEntry();

    /// <summary>Bytes allocated by one update, one removal and one addition.</summary>
    double BytesPerChange();

    /// <summary>Milliseconds of the longest single addition while the map grows from empty.</summary>
    double LongestInsert();
}

namespace LockFree.Benchmarks.Maps;

/// <summary>What the maps are called in the report.</summary>
internal static class MapNames
{
    public const string Ours = "ShardedMap";

    /// <summary><c>System.Collections.Concurrent.ConcurrentDictionary</c>.</summary>
    public const string Framework = "CD";

    /// <summary><c>NonBlocking.ConcurrentDictionary</c>.</summary>
    public const string NonBlocking = "NB";

    /// <summary>A dictionary, and a <c>lock</c> around each use of it.</summary>
    public const string Locked = "lock";

    /// <summary>A dictionary, and a <c>ReaderWriterLockSlim</c>.</summary>
    public const string ReaderWriterLocked = "RWLS";

    /// <summary>A dictionary that only one thread may use: what there is to gain.</summary>
    public const string Unsynchronized = "Dictionary";
}

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>What serves instead of a member that takes every lock of the dictionary.</summary>
internal enum CheaperRead
{
    /// <summary><c>map.IsEmpty</c></summary>
    IsEmpty,

    /// <summary><c>!map.IsEmpty</c></summary>
    IsNotEmpty,

    /// <summary><c>map.ContainsKey(key)</c></summary>
    ContainsKey,

    /// <summary><c>map.Count</c>, which takes the locks, but copies nothing.</summary>
    Count,

    /// <summary>The dictionary itself, enumerated.</summary>
    Enumeration,
}

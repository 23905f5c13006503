namespace LockFree.Analyzers.HotCollections;

/// <summary>How much a reason tells the person who has to decide.</summary>
internal enum ObstacleWeight
{
    /// <summary>Something is read of a value, which may well never change.</summary>
    ReadsValue,

    /// <summary>Something is called for what it answers, which may well have no effect.</summary>
    CallsForAnswer,

    /// <summary>The lock does more than guard the collection.</summary>
    Decisive,
}

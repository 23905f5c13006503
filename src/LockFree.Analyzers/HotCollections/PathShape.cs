namespace LockFree.Analyzers.HotCollections;

/// <summary>What one way through a region does with the collection, in the words of a concurrent map.</summary>
internal enum PathShape
{
    /// <summary>One operation on its own; or several look-ups of one key.</summary>
    SingleOperation,

    /// <summary>Looked up, and stored only when missing.</summary>
    GetOrAdd,

    /// <summary>Stored whether it was there or not, perhaps after a look at the old value.</summary>
    Upsert,

    /// <summary>Looked up, and stored only when present.</summary>
    UpdateIfExists,

    /// <summary><c>map[key] += …</c>, perhaps after a look-up.</summary>
    Update,

    /// <summary>Looked up and removed.</summary>
    RemoveIf,

    /// <summary>A copy of the whole, or one result of a pass over it.</summary>
    Snapshot,

    /// <summary>A foreach that only copies into locals.</summary>
    CopyLoop,

    /// <summary><c>Clear()</c>, or <c>map = new()</c> where the lock is another object.</summary>
    Clear,

    /// <summary>A copy of the whole, then <c>Clear()</c>.</summary>
    Drain,

    /// <summary>None of these.</summary>
    Other,
}
